"""The scripted page with a log-in, as the settings and the data folder of the environment say.

Run `python -m tests.web.people_page [PORT]` to look at it.
"""

import sys

from assistant.people_assembly import open_people
from assistant.settings import load_settings
from assistant.web.server import serve
from assistant.web.site import Site
from tests.network_guard import forbid_network
from tests.web.scripted_assistant import ScriptedAssistant

if __name__ == "__main__":
    forbid_network()
    settings = load_settings()
    port = int(sys.argv[1]) if len(sys.argv) > 1 else settings.port
    site = Site(ScriptedAssistant(), settings.language, open_people(settings))
    serve(site, host=settings.host, port=port)
