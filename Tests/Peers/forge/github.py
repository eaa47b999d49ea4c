"""GitHub (at the root, as api.github.com) and GitHub Enterprise (`prefix` /api/v3)."""

from .comments import GitHubComments
from .http import Answer, Forge
from .issues import Issues
from .repositories import repository

DOCUMENTATION = "https://docs.github.com/rest"


class GitHub(Forge):
    def __init__(self, config):
        super().__init__(config)
        self.repositories = {name: repository(entry) for name, entry in config.get("repositories", {}).items()}
        api = "/repos/([^/]+)/([^/]+)"
        self.route("GET", api, self.show)
        self.route("GET", api + "/commits/(.+)", self.commit)
        self.route("GET", api + "/git/commits/([0-9a-f]+)", self.git_commit)
        self.route("GET", api + "/contents/(.+)", self.contents)
        Issues(self, GitHubComments(self))

    def message(self, text, status, **headers):
        return Answer.of({"message": text, "documentation_url": DOCUMENTATION, "status": str(status)}, status, **headers)

    def not_found(self):
        return self.message("Not Found", 404)

    def sent_token(self, request):
        value = request.headers.get("authorization")
        if value is None:
            return None
        scheme, _, token = value.partition(" ")
        return token if scheme.lower() in ("bearer", "token") else ""

    def find(self, request, owner, name):
        if "user-agent" not in request.headers:
            return None, Answer(403, b"Request forbidden by administrative rules.")
        if self.holds_token(request) is False:
            return None, self.message("Bad credentials", 401)
        found = self.repositories.get(f"{owner}/{name}")
        if found is None or (found.private and not self.holds_token(request)):
            return None, self.not_found()
        if found.moved:
            return None, Answer.of({"message": "Moved Permanently", "url": "https://api.github.com/repositories/1"},
                                   301, Location="https://api.github.com/repositories/1")
        return found, None

    def show(self, request, owner, name):
        found, refusal = self.find(request, owner, name)
        return refusal or Answer.of({"full_name": f"{owner}/{name}", "private": found.private,
                                     "default_branch": found.default_branch}).with_etag(weak=True)

    def commit(self, request, owner, name, ref):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        if found.is_empty:
            return self.message("Git Repository is empty.", 409)
        # `bare`: as what only plays GitHub does, names are not told apart by what they name.
        isQualified = ref.startswith(("heads/", "tags/"))
        sha = None if isQualified and self.config.get("bare") else found.resolve(ref)
        if sha is None:
            return self.message(f"No commit found for SHA: {ref}", 422)
        if request.headers.get("accept") == "application/vnd.github.sha":
            return Answer(200, sha.encode(), {"Content-Type": "application/vnd.github.sha; charset=utf-8"}).with_etag()
        return self.described(found, sha)

    def git_commit(self, request, owner, name, sha):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        return self.described(found, sha) if found.resolve(sha) else self.not_found()

    def described(self, found, sha):
        commit = found.commit(sha)
        return Answer.of({"sha": sha, "message": commit["message"], "committer": {"date": commit["date"]}}).with_etag()

    def contents(self, request, owner, name, path):
        found, refusal = self.find(request, owner, name)
        if refusal:
            return refusal
        ref = request.query.get("ref", found.default_branch)
        sha = found.resolve(ref)
        if sha is None:
            return self.message(f"No commit found for the ref {ref}", 404)
        content = found.file(sha, path)
        if content is None:
            return self.not_found()
        if request.headers.get("accept") not in ("application/vnd.github.raw+json", "application/vnd.github.raw"):
            return Answer.of({"type": "file", "encoding": "base64", "size": len(content)})
        return Answer(200, content, {"Content-Type": "application/vnd.github.raw+json; charset=utf-8"}).with_etag()
