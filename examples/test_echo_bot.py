import sys
from pathlib import Path

pytest_plugins = ["sandbox.testing"]
BOT = Path(__file__).with_name("echo_bot.py")


async def test_the_bot_says_the_same(sandbox, person, start_bot):
    await start_bot(sys.executable, str(BOT), TOKEN=sandbox.token, API=sandbox.url)
    ann = await person("Ann", language_code="bn")
    await ann.says("হ্যালো")
    assert (await ann.sees("হ্যালো"))["from"]["is_bot"]
