"""The issues of acme/ops (also called acme/shop, and on GitLab acme/team/ops), by the three APIs. They take the tokens and paging of `comments`:

    {"issues": {
       "repository": {"has_issues": true, "archived": false},
       "standing": [{"author", "body", "open", "locked", "pull", "comments"}],
       "page": 100,                   the largest page that is given out
       "known": ["drift"],            labels of the repository, on Gitea with ids from 1
       "organization": ["team"],      labels of Gitea's organization, with ids from 101
       "may_label": true,             else labels of a new issue are dropped
       "lost": 1,                     how many issues are created without an answer
       "barrier": 2,                  how many must have asked for the issues before the first look is answered
       "dump": "/tmp/issues.json"}}   what stands there, written after each change
"""

import asyncio
import json
from pathlib import Path

from .http import Answer

PROJECT = {"github": "/repos/(acme)/(ops|shop)", "gitea": "/api/v1/repos/(acme)/(ops|shop)",
           "gitlab": "/api/v4/projects/(acme%2Fops|acme%2Fshop|acme%2Fteam%2Fops)"}
ISSUES_OFF = {"github": 410, "gitea": 404, "gitlab": 403}


class Issues:
    def __init__(self, forge, comments):
        settings = forge.config.get("issues", {})
        self.forge, self.comments_api = forge, comments
        self.kind = forge.config["forge"]
        self.is_gitlab = self.kind == "gitlab"
        self.repository = {"has_issues": True, "archived": False, **settings.get("repository", {})}
        self.page = settings.get("page", 100)
        self.known, self.organization = settings.get("known", []), settings.get("organization", [])
        self.may_label = settings.get("may_label", True)
        self.lost, self.barrier = settings.get("lost", 0), settings.get("barrier", 0)
        self.arrived, self.everybody = 0, asyncio.Event()
        self.path = settings.get("dump")
        self.issues = []
        for issue in settings.get("standing", []):
            self.add(**issue)
        project = PROJECT[self.kind]
        notes = "notes" if self.is_gitlab else "comments"
        if "issues" in forge.config:
            forge.route("GET", project, self.show_repository)
            # Before that of the forge, which knows repositories with commits.
            forge.routes.insert(0, forge.routes.pop())
        forge.route("GET", project + "/issues", self.list)
        forge.route("POST", project + "/issues", self.create)
        forge.route("PUT" if self.is_gitlab else "PATCH", project + r"/issues/(\d+)", self.edit)
        forge.route("POST", project + rf"/issues/(\d+)/{notes}", self.comment)
        if self.kind == "gitea":
            forge.route("GET", project + "/labels", lambda request, *_: self.labels(request, self.known, 1))
            forge.route("GET", "/api/v1/orgs/(acme)/labels",
                        lambda request, *_: self.labels(request, self.organization, 101))

    def add(self, author, body, open=True, locked=False, pull=False, comments=(), title="", labels=()):
        issue = {"number": len(self.issues) + 1, "author": author, "body": body, "open": open, "locked": locked,
                 "pull": pull, "comments": list(comments), "title": title, "labels": list(labels), "edits": 0}
        self.issues.append(issue)
        self.dump()
        return issue

    def dump(self):
        if self.path:
            Path(self.path).write_text(json.dumps(self.issues))

    def login(self, request):
        return self.comments_api.login(request).removeprefix("job:")

    def refused(self, request):
        return self.comments_api.refused(request)

    def show_repository(self, request, *_):
        shown = {"archived": self.repository["archived"],
                 "issues_enabled" if self.is_gitlab else "has_issues": self.repository["has_issues"]}
        return self.refused(request) or Answer.of({"id": 12, **shown})

    async def list(self, request, *_):
        listed = [self.shown(issue) for issue in self.issues]
        if self.arrived < self.barrier:
            self.arrived += 1
            if self.arrived == self.barrier:
                self.everybody.set()
            await asyncio.wait_for(self.everybody.wait(), 20)
        if refusal := self.refused(request):
            return refusal
        if request.query.get("state", "all" if self.is_gitlab else "open") != "all":
            listed = [issue for issue in listed if issue["state"].startswith("open")]
        return self.paged(request, listed)

    def paged(self, request, listed):
        size = min(int(request.query.get("limit", request.query.get("per_page", 20))), self.page)
        page = int(request.query.get("page", 1))
        part, more = listed[(page - 1) * size:page * size], page * size < len(listed)
        headers = {"github": {"Link": f'<https://elsewhere.invalid/?page={page + 1}>; rel="next"'} if more else {},
                   "gitea": {"X-Total-Count": str(len(listed))},
                   "gitlab": {"X-Next-Page": str(page + 1) if more else ""}}[self.kind]
        return Answer.of(part, **headers)

    def shown(self, issue):
        state = "open" if issue["open"] else "closed"
        if self.is_gitlab:
            return {"id": 1000 + issue["number"], "iid": issue["number"], "title": issue["title"],
                    "description": issue["body"], "state": "opened" if issue["open"] else "closed",
                    "discussion_locked": issue["locked"] or None, "labels": issue["labels"],
                    "author": {"username": issue["author"]}}
        shown = {"id": 1000 + issue["number"], "number": issue["number"], "title": issue["title"], "body": issue["body"],
                 "state": state, "locked" if self.kind == "github" else "is_locked": issue["locked"],
                 "labels": [{"name": label} for label in issue["labels"]], "user": {"login": issue["author"]}}
        if self.kind == "gitea":
            shown["pull_request"] = None
        elif issue["pull"]:
            shown["pull_request"] = {"url": "https://elsewhere.invalid"}
        return shown

    def labels(self, request, names, first):
        listed = [{"id": first + index, "name": name} for index, name in enumerate(names)]
        return self.refused(request) or self.paged(request, listed)

    def labels_of(self, given):
        """GitHub takes names, GitLab one text, Gitea ids."""
        if self.is_gitlab:
            return given.split(",") if given else []
        if self.kind == "github":
            return given
        known = dict(enumerate(self.known, 1)) | dict(enumerate(self.organization, 101))
        return [known[label] for label in given]

    def create(self, request, *_):
        if refusal := self.refused(request):
            return refusal
        if not self.repository["has_issues"]:
            return Answer.of({"message": "Issues are disabled for this repo"}, ISSUES_OFF[self.kind])
        given = request.json
        body = given["description" if self.is_gitlab else "body"]
        if len(body) > self.comments_api.limit or len(given["title"]) > 255:
            return Answer.of({"message": "too long"}, 422)
        labels = self.labels_of(given.get("labels", "" if self.is_gitlab else []))
        added = self.add(self.login(request), body, title=given["title"], labels=labels if self.may_label else [])
        if self.lost > 0:
            self.lost -= 1
            raise ConnectionResetError
        return Answer.of(self.shown(added), 201)

    def find(self, request, number):
        if refusal := self.refused(request):
            return None, refusal
        found = [issue for issue in self.issues if issue["number"] == int(number)]
        if not found:
            return None, Answer.of({"message": "Not Found"}, 404)
        if found[0]["author"] != self.login(request):
            return None, Answer.of({"message": "not yours"}, 403)
        return found[0], None

    def edit(self, request, *parts):
        issue, refusal = self.find(request, parts[-1])
        if refusal:
            return refusal
        given = request.json
        issue["body"] = given.get("description" if self.is_gitlab else "body", issue["body"])
        if self.is_gitlab:
            issue["open"] = {"close": False, "reopen": True}.get(given.get("state_event"), issue["open"])
        else:
            issue["open"] = {"closed": False, "open": True}.get(given.get("state"), issue["open"])
        issue["edits"] += 1
        self.dump()
        return Answer.of(self.shown(issue), 201 if self.kind == "gitea" else 200)

    def comment(self, request, *parts):
        issue, refusal = self.find(request, parts[-1])
        if refusal:
            return refusal
        if issue["locked"]:
            return Answer.of({"message": "issue is locked"}, 403)
        issue["comments"].append(request.json["body"])
        self.dump()
        return Answer.of({"id": 1, "body": request.json["body"]}, 201)
