"""What ./start does once a suitable Python is found: make the environment, then serve the site."""

import os
import sys

import environment

if __name__ == "__main__":
    try:
        python = environment.make()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    os.execv(python, [str(python), "-m", "knooppunt.config.cli", "serve", *sys.argv[1:]])
