#!/usr/bin/env python3
"""Generates specs, good and broken, to compare two decoders with.

    generate-specs.py --seed N --count M [--base FILE]... [--specs] OUTDIR

writes M files (000000.yml and on) that depend on the seed alone: specs around the keys that Tinyforge
knows, YAML of every kind, and mutations of both and of the --base files, in several encodings.
"""

import argparse
import os
import random
import sys

sys.dont_write_bytecode = True

from spec_words import (  # noqa: E402  (after the line that keeps the folder clean)
    BASE64, BREAKS, COMMENTS, ESCAPES, FLOATS, GOOD, INTS, KEYS, LENGTHS, ODD_KEYS, STAMPS, TAGS, TOKENS, WORDS)


class Generator:
    """Makes texts; every choice comes from one random source."""

    def __init__(self, seed, bases, specs=False):
        self.specs = specs
        self.random = random.Random(seed)
        self.bases = bases

    def pick(self, choices):
        return self.random.choice(choices)

    def chance(self, probability):
        return self.random.random() < probability

    # Scalars

    def number(self):
        alphabet = self.pick(["0123456789", "01", "0123456789_", "0123456789abcdefx_", "0123456789.eE+-_",
                              "0123456789-:T Z.,+", "+-0xXbBoO12_."])
        return "".join(self.pick(alphabet) for _ in range(self.random.randint(1, self.pick([3, 6, 12, 24]))))

    def stamp(self):
        date = f"{self.random.randint(1890, 2110)}-{self.random.randint(0, 13)}-{self.random.randint(0, 32)}"
        if self.chance(0.3):
            return date
        time = ":".join(str(self.random.randint(0, top)) for top in (24, 60, 60))
        fraction = self.pick(["", ".", ",", ".5", ",25", ".123456789", ".0000000001"])
        zone = self.pick(["", "Z", "z", "+01:00", "-1:00", "+-1:+2", " +01:00", "+01", "+0100"])
        return date + self.pick(["T", "t", " ", "  ", "\t", "_"]) + time + fraction + zone

    def plain(self):
        kind = self.random.random()
        if kind < 0.3:
            return self.pick(GOOD)
        if kind < 0.55:
            return self.pick(self.pick([INTS, FLOATS, STAMPS, GOOD, GOOD, KEYS, WORDS]))
        if kind < 0.65:
            return self.number()
        if kind < 0.75:
            return self.stamp()
        if kind < 0.8:
            return "x" * self.pick(LENGTHS)
        return " ".join(self.pick(self.pick([GOOD, GOOD, GOOD, WORDS])) for _ in range(self.random.randint(1, 4)))

    def quoted(self, indent):
        quote = self.pick("'\"")
        parts = []
        for _ in range(self.random.randint(0, 6)):
            kind = self.random.random()
            if kind < 0.2:
                parts.append(self.pick(ESCAPES[:15] if self.chance(0.8) else ESCAPES) if quote == '"' else "''")
            elif kind < 0.45:
                parts.append(self.pick(BREAKS) + " " * self.random.randint(0, indent + 2))
            else:
                parts.append(self.pick([" ", "  ", "\t", "a", "b ", " c", "#", ": ", "---", self.plain()]))
        text = "".join(parts)
        if self.chance(0.9):
            text = text.replace("'", "''") if quote == "'" else text
        return quote + text + quote

    def block_scalar(self, indent):
        header = self.pick("|>") + self.pick(["", "", "", "", "", "-", "+", "-", "+", "1", "2", "9", "-2", "2-", "+1", "0"])
        header += self.pick(["", "", "", "", " ", " # c", "# c", "\t", " x"]) if self.chance(0.5) else ""
        lines = []
        for _ in range(self.random.randint(0, 5)):
            depth = indent + self.pick([2, 2, 2, 2, 2, 2, 3, 4, 1, 0] if self.chance(0.5) else [2])
            lines.append(self.pick(["", " " * depth, " " * depth + "x", " " * depth + "a b",
                                    " " * depth + "\tx", " " * depth + "# c", " " * depth + self.plain(),
                                    "\tx" if self.chance(0.2) else " " * depth + "y"]))
        line_break = self.pick(BREAKS) if self.chance(0.2) else "\n"
        return header + "".join(line_break + line for line in lines)

    def scalar(self, indent=0, flow=False):
        kind = self.random.random()
        if kind < 0.62:
            text = self.plain()
        elif kind < 0.85 or flow:
            text = self.quoted(indent)
        else:
            text = self.block_scalar(indent)
        if self.chance(0.05):
            text = self.pick(BASE64)
        return self.properties() + text

    def properties(self):
        if self.chance(0.85):
            return ""
        if self.chance(0.5):
            return self.pick(["&a ", "&b ", "!!str ", "!custom ", "!!str &a "])
        choices = [self.pick(TAGS) + " ", "&a ", "&b ", self.pick(TAGS) + " &a ", "&b " + self.pick(TAGS) + " ",
                   "&a\n  ", self.pick(TAGS), "& ", "&a &b ", "!!binary ", "!!int ", "!!float ", "!!str "]
        return self.pick(choices)

    # Collections

    def comment(self):
        return self.pick(COMMENTS) if self.chance(0.15) else ""

    def trailing(self):
        return (" " + self.pick(COMMENTS) if self.chance(0.08) else "") + "\n"

    def between(self, indent):
        if self.chance(0.88):
            return ""
        lines = [self.pick(["", " " * self.random.randint(0, indent + 2)] * 4 + ["\t", " \t"])
                 + self.pick(COMMENTS + [""]) for _ in range(self.random.randint(1, 3))]
        return "\n".join(lines) + "\n"

    def key(self):
        if self.chance(0.6):
            return self.pick(KEYS)
        if self.chance(0.5):
            return self.pick(["a", "b", "c d", "'q'", '"d"']) + str(self.random.randint(0, 99))
        return self.pick(ODD_KEYS) if self.chance(0.7) else self.plain()

    def flow(self, depth=0):
        if depth > 3 or self.chance(0.4):
            return self.pick(["*a", "*b"]) if self.chance(0.04) else self.scalar(2, flow=True)
        space = lambda: self.pick(["", " ", " ", "\n  ", "\n", "\t", " # c\n ", "#c\n"]) if self.chance(0.3) else ""
        count = self.random.randint(0, 4)
        separator = lambda: self.pick([",", ", ", " ,", ",\n  ", ",,", ", # c\n "]) if self.chance(0.3) else ", "
        pair = lambda: self.pick([": ", ":", " : ", ":\n", "", " ? "]) if self.chance(0.25) else ": "
        if self.chance(0.5):
            entries = [self.flow(depth + 1) + (pair() + self.flow(depth + 1) if self.chance(0.2) else "")
                       for _ in range(count)]
            opening, closing = "[", "]"
        else:
            entries = [self.pick(["", "", "", "? ", "?"]) + (self.key() if self.chance(0.8) else self.flow(depth + 1))
                       + pair() + self.flow(depth + 1) for _ in range(count)]
            opening, closing = "{", "}"
        text = opening + space()
        for entry in entries:
            text += space() + entry + space() + separator()
        if entries and self.chance(0.7):
            text = text.rstrip(", ")
        return self.properties() + text + space() + (closing if self.chance(0.99) else "")

    def block(self, indent, depth=0):
        """A node to follow `key:` or `-`, its own space or line break included."""
        kind = self.random.random()
        if depth > 3 or kind < 0.5:
            return " " + (self.pick(["*a", "*b", "*c"]) if self.chance(0.03) else self.scalar(indent)) + self.trailing()
        if kind < 0.65:
            return " " + self.flow() + self.trailing()
        inner = indent + self.pick([0, 1, 2, 2, 2, 4])
        head = " " + self.properties().rstrip() if self.chance(0.15) else ""
        if kind < 0.85:
            return head + self.trailing() + self.mapping(inner, depth + 1)
        return head + self.trailing() + self.sequence(inner, depth + 1)

    def mapping(self, indent, depth=0, keys=None):
        text = ""
        for key in keys or [self.key() for _ in range(self.random.randint(1, 4))]:
            pad = " " * (indent + (self.pick([-1, 1, 2]) if self.chance(0.015) else 0))
            if self.chance(0.01):
                pad = "\t" + pad
            text += self.between(indent) + pad
            if self.chance(0.06):
                text += "?" + self.block(indent + 2, depth + 1) + (pad + ":" if self.chance(0.7) else "")
            else:
                text += key + self.pick([":", ":", ":", ":", " :"])
            text += self.block(indent, depth) if not text.endswith("\n") else ""
        return text

    def sequence(self, indent, depth=0):
        text = ""
        for _ in range(self.random.randint(1, 4)):
            text += self.between(indent) + " " * indent + "-"
            text += " " + self.mapping(indent + 2, depth + 1).lstrip() if self.chance(0.3) else self.block(indent, depth)
        return text

    # Specs

    def spec(self):
        version = self.pick(["1", "1", "1", "1", "1", "1", "1.0", "0x1", '"1"', "2", "!!int \"1\"", "true", "~", self.plain()])
        lines = [f"version: {version}"]
        fields = [("port", INTS + FLOATS), ("healthcheck", WORDS + STAMPS), ("deploy_strategy", WORDS)]
        self.random.shuffle(fields)
        body = []
        for name, values in fields:
            if self.chance(0.7):
                value = self.pick(self.pick([GOOD, GOOD, values])) if self.chance(0.8) else self.scalar(4)
                body.append(f"{self.pick([name] * 9 + [name.title()])}: {value}")
        if self.chance(0.1):
            body.append(self.pick(body or ["port: 1"]))
        if self.chance(0.1):
            body.append("<<: " + self.pick(["*a", "{port: 1}", "[{port: 1}, {healthcheck: x}]", "[*a]", "x", "~"]))
        if self.chance(0.25):
            lines.append("deploy: {" + ", ".join(body) + "}")
        else:
            lines.append("deploy:" + self.pick([" &a", " # c", " ", " {}", " ~"] + [""] * 40))
            lines += [self.pick(["  "] * 40 + [" ", "\t", "    "]) + line for line in body]
        if self.chance(0.1):
            lines.insert(0, "x: &a {port: 2}")
        text = ""
        for line in lines:
            text += self.between(2) + line + self.trailing()
        return text

    def soup(self):
        return "".join(self.pick(TOKENS) for _ in range(self.random.randint(1, self.pick([4, 8, 16, 40]))))

    def deep(self):
        depth = self.pick([3, 20, 100, 600])
        opening = self.pick(["[", "{a: ", "- ", "? ", "[a, ", "{? ", "[{", "a:\n"])
        closing = {"[": "]", "{a: ": "}", "[a, ": "]", "{? ": "}", "[{": "}]"}.get(opening, "")
        if opening == "a:\n":
            return "".join(" " * level + opening for level in range(depth // 4))
        return opening * depth + self.pick(["", "x", "x: y", "'z'"]) + closing * (depth - self.pick([0, 0, 0, 1]))

    def padded(self):
        """Something long first, so that the rest crosses a limit of the decoder's buffers."""
        length = self.pick(LENGTHS)
        padding = self.pick([
            lambda: "#" + "c" * length + "\n", lambda: " " * length, lambda: "\n" * length,
            lambda: "\r\n" * (length // 2), lambda: "k" * length + ": 1\n", lambda: "\t" * length + "\n",
            lambda: "k: " + "v" * length + "\n", lambda: '"' + "é" * (length // 2) + '": 1\n',
            lambda: "k:" + " " * length + "# c\n", lambda: "k: v" + " " * length + "# c\n",
            lambda: "# c\n" * (length // 4), lambda: "k: '" + "😀" * (length // 4) + "'\n",
            lambda: "[" + "a, " * (length // 3) + "b]: c\n", lambda: "k: |\n " + "x\n " * (length // 3) + "\n",
            lambda: " \n" * (length // 2), lambda: "k: v #" + "c" * length + "\n",
            lambda: "# c\n" + " " * length + "# d\n", lambda: "# c\n" + "\n" * length + "# d\n",
            lambda: "? " + "k" * length + "\n", lambda: "{" + "k" * length, lambda: "'" + "k" * length + "' ",
        ])()
        return padding + self.text()

    def documents(self):
        start = self.pick(["", "", "---\n", "--- ", "%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%YAML 1.1\n%YAML 1.1\n---\n",
                           "%TAG !e! tag:e,2000:\n---\n", "%TAG ! !x-\n--- ", "%TAG !! tag:yaml.org,2002:\n---\n", "%FOO\n---\n",
                           "%TAG !e! a\n%TAG !e! b\n---\n", "# c\n---\n", "...\n", "---\n---\n", "%YAML 1.1 # c\n---\n",
                           "%YAML\t1.1\n---\n", "%TAG !e a\n---\n", "%YAML 1\n---\n", "%YAML 111.1\n", "%TAG !e! \n", "%\n", "\ufeff"])
        end = self.pick(["", "", "---\n", "...\n", "--- x\n", "...\n%YAML 1.1\n---\n", "... x\n", "---\n@\n", "...\n}\n",
                         "---\n\x00\n", "\n\n...\n# c\n", "...\n" + "# c\n" * 200 + "\x01", "--- |\n", "%x\n"])
        return start + self.text() + end

    def plausible(self):
        """A spec that mostly decodes, to compare values: every form of a scalar, merges, aliases, null keys."""
        integers = INTS + FLOATS + ["8080", "80", "~", "", "!!int 80", "!!float 80.5", '!!int "81"', "&p 82"]
        texts = GOOD + WORDS + STAMPS + ["!!str 5", "!!binary L2g=", "!!binary L/+A4oI=", "!!binary L/CfmC8=", "!custom /x", "|\n      /x\n", ">-\n      /a\n      b\n"]
        body = []
        for name, values in (("port", integers), ("healthcheck", texts), ("deploy_strategy", texts)):
            if self.chance(0.7):
                body.append(f"    {name}: {self.pick(values)}{self.pick(['', '', ' # c'])}\n")
        self.random.shuffle(body)
        if self.chance(0.3):
            one, two = (f"{{port: {self.pick(['1', '2', '~'])}}}", "{healthcheck: /m, deploy_strategy: x}")
            merged = self.pick([one, f"[{one}, {two}]", f"[{two}, {one}, {one}]", f"{{<<: {one}, <<x: 1}}",
                                f"{{<<: {two}, port: 7}}", f"!!null {one}", f"[!!null {one}, {two}]",
                                f"{{<<: !!null {two}}}", "[]", "{}", "*base", "[*base]"])
            body.append(f"    {self.pick(['<<', '<<', '!!merge <<'])}: {merged}\n")
        lines = [f"version: {self.pick(['1'] * 8 + ['1.0', '0b1', '0o1', '1.9', '!!int 1', '~', '2', '0x1', '1e0', '-1'])}\n",
                 "deploy:\n" + "".join(body)]
        if self.chance(0.15):
            self.random.shuffle(lines)
        head = self.pick(["", "", "", "# c\n", "---\n", "%YAML 1.1\n---\n", "--- # c\n"])
        base = self.pick(["", "~: &base {port: 3, healthcheck: /b}\n", "~: &base !!null {port: 3}\n", "? ~\n: [&base {port: 4}, &c x]\n"])
        tail = self.pick(["", "", "", "...\n", "---\nx: [\n", "...\n# c\n@\n", "--- |\n x\n", "# end"])
        return head + base + "".join(lines) + tail

    def aliased(self):
        """Merges of merges by alias, around the number of visits that the decoder refuses."""
        counts = [self.random.randint(2, 13) for _ in range(3)]
        aliases = lambda name, count: "[" + ",".join([f"*{name}"] * count) + "]"
        text = "~: &a {port: 1}\n"
        for key, name, inner, count in zip(("!!null ''", "null", "Null"), "bcd", "abc", counts):
            text += f"{key}: &{name} {{<<: {aliases(inner, count)}}}\n"
        return text + "version: 1\ndeploy: " + self.pick(["*d", "{<<: *d}", "{<<: [*d, *c]}", "{port: 2, <<: *d}"]) + "\n"

    def text(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.spec()
        if kind < 0.6:
            return self.mapping(0)
        if kind < 0.68:
            return self.sequence(0)
        if kind < 0.78:
            return self.flow() + "\n"
        if kind < 0.88:
            return self.soup()
        if kind < 0.92:
            return self.scalar()
        return self.soup() + self.mapping(0)

    def mutated(self, text):
        for _ in range(self.random.randint(1, self.pick([1, 2, 6]))):
            place = self.random.randint(0, len(text))
            other = self.random.randint(place, min(len(text), place + 12))
            kind = self.random.randint(0, 7)
            if kind <= 2:
                text = text[:place] + self.pick(TOKENS) + text[place:]
            elif kind == 3:
                text = text[:place] + text[other:]
            elif kind == 4:
                text = text[:place] + text[other:] + text[place:other]
            elif kind == 5:
                text = text.replace("\n", self.pick(BREAKS + ["", " "]), self.pick([1, 1, -1]))
            elif kind == 6:
                text = text[:place] + text[place:other] * 2 + text[other:]
            else:
                text = text[:place] + self.pick(TOKENS) + text[other:]
        return text

    # Bytes

    def encoded(self, text):
        kind = self.random.random()
        if kind < 0.86:
            data = text.encode("utf-8", "surrogatepass")
        elif kind < 0.91:
            data = b"\xef\xbb\xbf" * self.pick([1, 1, 1, 2, 3]) + text.encode("utf-8", "surrogatepass")
        else:
            order = self.pick(["le", "be"])
            mark = b"\xff\xfe" if order == "le" else b"\xfe\xff"
            text = self.pick(["", "", "", "\ufeff"]) + text
            data = self.pick([mark, mark, mark, mark, b""]) + text.encode("utf-16-" + order, "surrogatepass")
        if self.chance(0.03):
            junk = self.pick([b"\xff", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x00",
                              b"\x7f", b"\xc2\x80", b"\xef\xbf\xbe", b"\xef\xbb\xbf", b"\xf0\x9f", b"\xd8\x00", b"\xe0\x80\x80"])
            place = self.pick([self.random.randint(0, len(data)), len(data)])
            data = data[:place] + junk + data[place:]
        if self.chance(0.02):
            data = data[:self.random.randint(0, len(data))]
        return data

    def file(self):
        if self.specs:
            text = self.aliased() if self.chance(0.03) else self.plausible()
            return self.encoded(self.mutated(text) if self.chance(0.2) else text)
        kind = self.random.random()
        if kind < 0.15:
            text = self.padded()
        elif kind < 0.27:
            text = self.documents()
        elif kind < 0.29:
            text = self.deep()
        elif kind < 0.35 and self.bases:
            text = self.pick(self.bases)
        else:
            text = self.text()
        if self.chance(0.05):
            text = text.replace("\n", self.pick(["\r\n", "\r", "\x85", "\u2028"]))
        if self.chance(0.33):
            text = self.mutated(text)
        return self.encoded(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--base", action="append", default=[], help="a file to mutate as well")
    parser.add_argument("--specs", action="store_true", help="only specs that mostly decode")
    parser.add_argument("outdir")
    arguments = parser.parse_args()
    bases = []
    for path in arguments.base:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as base:
            bases.append(base.read().encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    os.makedirs(arguments.outdir, exist_ok=True)
    generator = Generator(arguments.seed, bases, arguments.specs)
    for number in range(arguments.count):
        with open(os.path.join(arguments.outdir, f"{number:06}.yml"), "wb") as output:
            output.write(generator.file())


if __name__ == "__main__":
    main()
