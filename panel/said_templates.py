"""Templates whose own text is said in the panel's words. What a template takes from its context is left as it is: only what
the product has written itself passes through `say`."""

from typing import Any

from django.template.base import Node, NodeList, TextNode
from django.template.loaders import cached

from panel.law.spoken import say, spoken

WORDS = ("Chairman", "chairman", "ub-panel", "Commissioner")


class Said(TextNode):
    """A piece of text of a template, in the words that are used when it is shown."""

    def render_annotated(self, context: Any) -> str:
        """The text."""
        return self.render(context)

    def render(self, context: Any) -> str:
        """The text."""
        return self.s if spoken() is None else say(self.s)


def speak(nodes: Any) -> None:
    """Put `Said` in the place of each text that holds one of the words, wherever it stands in the template."""
    if not isinstance(nodes, NodeList | list):
        return
    for n, node in enumerate(nodes):
        if type(node) is TextNode and any(word in node.s for word in WORDS):
            new = Said(node.s)
            new.token, new.origin = getattr(node, "token", None), getattr(node, "origin", None)
            nodes[n] = new
            continue
        if isinstance(node, Node):
            for name in {*getattr(node, "child_nodelists", ()), "nodelist"}:
                speak(getattr(node, name, None))
            for _, inner in getattr(node, "conditions_nodelists", ()):
                speak(inner)


class Loader(cached.Loader):
    """Reads each template once, and makes it speak."""

    def get_template(self, template_name: str, skip: Any = None) -> Any:
        """The template."""
        found = super().get_template(template_name, skip)
        if not hasattr(found, "speaks"):
            speak(found.nodelist)
            found.speaks = True
        return found
