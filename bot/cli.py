"""The command `wenshu` as it is installed: `bot.commands` has its commands."""

from bot.commands.app import FAILED, app, main

__all__ = ["FAILED", "app", "main"]

if __name__ == "__main__":
    main()
