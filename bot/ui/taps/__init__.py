"""Every button's callback class. Tags are never reused; a test keeps the list."""

from bot.ui.callbacks import TAPS
from bot.ui.taps.desk import *
from bot.ui.taps.disputes import *
from bot.ui.taps.house import *
from bot.ui.taps.life import *
from bot.ui.taps.menu import *
from bot.ui.taps.ordering import *
from bot.ui.taps.payouts import *
from bot.ui.taps.pins import *
from bot.ui.taps.prices import *
from bot.ui.taps.privacy import *
from bot.ui.taps.rails import *
from bot.ui.taps.room import *
from bot.ui.taps.selling import *

__all__ = [tap.__name__ for tap in TAPS.values()]
