"""GitLab: /api/v4, projects by their encoded path."""

import hashlib

from .comments import GitLabComments
from .http import Answer, Forge
from .issues import Issues
from .repositories import repository


class GitLab(Forge):
    def __init__(self, config):
        super().__init__(config)
        self.repositories = {name: repository(entry) for name, entry in config.get("repositories", {}).items()}
        api = "/api/v4/projects/([^/]+)"
        self.route("GET", api, self.show)
        self.route("GET", api + "/repository/commits/([^/]+)", self.commit)
        # `bare`: what only plays GitLab may know commits alone.
        if not config.get("bare"):
            self.route("GET", api + "/repository/(branches|tags)/([^/]+)", self.named)
        self.route("GET", api + "/repository/files/([^/]+)/raw", self.raw)
        # Generic packages: what one pipeline hands to another.
        self.packages = {}
        self.route("PUT", api + "/packages/generic/(.+)", self.put_package)
        self.route("GET", api + "/packages/generic/(.+)", self.get_package)
        Issues(self, GitLabComments(self))

    def not_found(self, what="404 Not Found"):
        return Answer.of({"message": what}, 404)

    def sent_token(self, request):
        return request.headers.get("private-token") or request.headers.get("job-token")

    def find(self, request, project):
        if self.holds_token(request) is False:
            return None, Answer.of({"message": "401 Unauthorized"}, 401)
        found = self.repositories.get(project)
        if found is None or (found.private and not self.holds_token(request)):
            return None, self.not_found("404 Project Not Found")
        if found.moved:
            moved = found.moved.replace("/", "%2F")
            target = request.target.replace(project.replace("/", "%2F"), moved, 1)
            return None, Answer(301, b"", {"Location": target})
        return found, None

    def put_package(self, request, project, path):
        if not request.headers.get("job-token"):
            return Answer.of({"message": "401 Unauthorized"}, 401)
        self.packages[(project, path)] = request.body
        return Answer.of({"message": "201 Created"}, 201)

    def get_package(self, request, project, path):
        if not request.headers.get("job-token"):
            return Answer.of({"message": "401 Unauthorized"}, 401)
        body = self.packages.get((project, path))
        return self.not_found() if body is None else Answer(200, body)

    def show(self, request, project):
        found, refusal = self.find(request, project)
        return refusal or Answer.of({
            "path_with_namespace": project, "empty_repo": found.is_empty,
            "default_branch": None if found.is_empty else found.default_branch}).with_etag(weak=True)

    def commit(self, request, project, ref):
        found, refusal = self.find(request, project)
        if refusal:
            return refusal
        sha = found.resolve(ref)
        if sha is None:
            return self.not_found("404 Commit Not Found")
        return Answer.of(self.described(found, sha)).with_etag(weak=True)

    def named(self, request, project, kind, name):
        found, refusal = self.find(request, project)
        if refusal:
            return refusal
        sha = found.branch(name) if kind == "branches" else found.tag(name)
        if sha is None:
            return self.not_found(f"404 {'Branch' if kind == 'branches' else 'Tag'} Not Found")
        return Answer.of({"name": name, "commit": self.described(found, sha)}).with_etag(weak=True)

    def described(self, found, sha):
        commit = found.commit(sha)
        return {"id": sha, "title": commit["message"].split("\n")[0], "message": commit["message"],
                "committed_date": commit["date"]}

    def raw(self, request, project, path):
        found, refusal = self.find(request, project)
        if refusal:
            return refusal
        sha = found.resolve(request.query.get("ref", "HEAD"))
        if sha is None:
            return self.not_found("404 Commit Not Found")
        content = found.file(sha, path)
        if content is None:
            return self.not_found("404 File Not Found")
        return Answer(200, content, {
            "Content-Type": "text/plain; charset=utf-8", "X-Gitlab-Commit-Id": sha, "X-Gitlab-Size": str(len(content)),
            "X-Gitlab-Content-Sha256": hashlib.sha256(content).hexdigest()}).with_etag(weak=True)
