from panel.replay.run import *  # noqa: F403
