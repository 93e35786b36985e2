"""The vocabulary of screens: values only. Rendering to Telegram is `bot.kit.present`'s."""
