"""What the forges serve: a real git repository, or one that the configuration spells out."""

import subprocess


def repository(config):
    return GitRepository(config) if "git" in config else PlainRepository(config)


class Repository:
    def __init__(self, config):
        self.config = config
        self.private = config.get("private", False)
        self.moved = config.get("moved")


class PlainRepository(Repository):
    @property
    def default_branch(self):
        return self.config.get("default_branch", "main")

    @property
    def is_empty(self):
        return not self.config.get("branches")

    def branch(self, name):
        return self.config.get("branches", {}).get(name)

    def tag(self, name):
        return self.config.get("tags", {}).get(name)

    def resolve(self, ref):
        if ref in self.config.get("commits", {}):
            return ref
        kind, _, name = ref.partition("/")
        if kind in ("heads", "tags"):
            return self.branch(name) if kind == "heads" else self.tag(name)
        return self.tag(ref) or self.branch(ref)

    def commit(self, sha):
        return self.config["commits"][sha]

    def file(self, sha, path):
        text = self.config["commits"][sha]["files"].get(path)
        return None if text is None else text.encode()


class GitRepository(Repository):
    def git(self, *arguments):
        done = subprocess.run(["git", "--git-dir", self.config["git"], *arguments], capture_output=True)
        return done.stdout if done.returncode == 0 else None

    def line(self, *arguments):
        output = self.git(*arguments)
        return output.decode().strip() if output else None

    @property
    def default_branch(self):
        return self.line("symbolic-ref", "--short", "HEAD") or "main"

    @property
    def is_empty(self):
        return not self.git("for-each-ref", "--count=1", "refs/heads")

    def branch(self, name):
        return self.named(f"refs/heads/{name}")

    def tag(self, name):
        return self.named(f"refs/tags/{name}")

    def named(self, reference):
        """The commit of a reference of exactly that name, which is no expression."""
        if not self.line("show-ref", "--verify", "-s", reference):
            return None
        return self.line("rev-parse", "--verify", "-q", f"{reference}^{{commit}}")

    def resolve(self, ref):
        kind, _, name = ref.partition("/")
        if kind in ("heads", "tags"):
            return self.branch(name) if kind == "heads" else self.tag(name)
        return self.line("rev-parse", "--verify", "-q", "--end-of-options", f"{ref}^{{commit}}")

    def commit(self, sha):
        date, message = self.git("show", "-s", "--format=%cI%n%B", sha).decode().split("\n", 1)
        return {"date": date, "message": message.rstrip("\n") + "\n"}

    def file(self, sha, path):
        listed = self.git("ls-tree", "-z", sha, "--", path)
        if not listed or listed.split()[1] != b"blob":
            return None
        return self.git("cat-file", "blob", f"{sha}:{path}")
