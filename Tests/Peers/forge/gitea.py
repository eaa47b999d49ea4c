"""Gitea and Forgejo: /api/v1."""

from .comments import GiteaComments
from .http import Answer, Forge
from .issues import Issues
from .repositories import repository


class Gitea(Forge):
    def __init__(self, config):
        super().__init__(config)
        self.repositories = {name: repository(entry) for name, entry in config.get("repositories", {}).items()}
        api = "/api/v1/repos/([^/]+)/([^/]+)"
        self.route("GET", api, self.show)
        self.route("GET", api + "/branches/(.+)", self.branch)
        self.route("GET", api + "/git/commits/(.+)", self.commit)
        self.route("GET", api + "/raw/(.+)", self.raw)
        Issues(self, GiteaComments(self))

    def not_found(self):
        return Answer.of({"errors": None, "message": "not found", "url": "https://gitea.example/api/swagger"}, 404)

    def sent_token(self, request):
        value = request.headers.get("authorization")
        if value is None:
            return None
        scheme, _, token = value.partition(" ")
        return token if scheme == "token" else ""

    def find(self, request, owner, name):
        """The repository, or the answer to give instead: no access looks like no repository."""
        if self.holds_token(request) is False:
            return None, Answer.of({"message": "user does not exist [uid: 0, name: ]", "url": "…"}, 401)
        found = self.repositories.get(f"{owner}/{name}")
        if found is None or (found.private and not self.holds_token(request)):
            return None, self.not_found()
        if found.moved:
            target = request.target.replace(f"/{owner}/{name}", f"/{found.moved}", 1)
            return None, Answer(307, b"", {"Location": target})
        return found, None

    def show(self, request, owner, name):
        found, refusal = self.find(request, owner, name)
        return refusal or Answer.of({"full_name": f"{owner}/{name}", "private": found.private, "empty": found.is_empty,
                                     "default_branch": found.default_branch})

    def branch(self, request, owner, name, branch):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        sha = found.branch(branch)
        if sha is None:
            return self.not_found()
        commit = found.commit(sha)
        return Answer.of({"name": branch, "protected": False,
                          "commit": {"id": sha, "message": commit["message"], "timestamp": commit["date"]}})

    def commit(self, request, owner, name, ref):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        sha = found.resolve(ref)
        if sha is None:
            return self.not_found()
        commit = found.commit(sha)
        return Answer.of({"sha": sha, "created": commit["date"],
                          "commit": {"message": commit["message"], "committer": {"date": commit["date"]}}})

    def raw(self, request, owner, name, path):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        sha = found.resolve(request.query.get("ref", found.default_branch))
        content = found.file(sha, path) if sha else None
        if content is None:
            return self.not_found()
        return Answer(200, content, {"Content-Type": "text/plain; charset=utf-8"}).with_etag()
