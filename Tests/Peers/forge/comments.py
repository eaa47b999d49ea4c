"""The comments of one pull or merge request, number 7 of acme/shop (on GitLab also project 12), by the three APIs:

    {"comments": {
       "tokens": {"T": "bot"},        whose each token is; `job:LOGIN` is a job's, which may not ask GitHub for /user
       "request": {"state": "open", "locked": false},
       "standing": [{"author", "body", "system"}],
       "first_id": 101,               the number of the first comment
       "page": 100,                   the largest page that is given out
       "lost": 1,                     how many comments are created without an answer
       "vanish": true,                what stands there is deleted as soon as it was listed once
       "barrier": 2,                  how many must have asked for the comments before the first look is answered
       "dump": "/tmp/comments.json"}} what stands there, written after each change
"""

import asyncio
import json
from pathlib import Path

from .http import Answer


class Comments:
    """What the forges share; each says how it shows things and what it refuses."""

    def __init__(self, forge):
        settings = forge.config.get("comments", {})
        self.forge = forge
        self.tokens = settings.get("tokens", {})
        self.request = {"state": "open", "locked": False, **settings.get("request", {})}
        self.page = settings.get("page", 100)
        self.lost = settings.get("lost", 0)
        self.vanish = settings.get("vanish", False)
        self.barrier = settings.get("barrier", 0)
        self.arrived, self.everybody = 0, asyncio.Event()
        self.path = settings.get("dump")
        self.comments, self.next_id = [], settings.get("first_id", 101) - 1
        for comment in settings.get("standing", []):
            self.add(comment["author"], comment["body"], comment.get("system", False))

    def add(self, author, body, system=False):
        self.next_id += 1
        comment = {"id": self.next_id, "author": author, "body": body, "system": system, "edits": 0}
        self.comments.append(comment)
        self.dump()
        return comment

    def dump(self):
        if self.path:
            Path(self.path).write_text(json.dumps(self.comments))

    def login(self, request):
        """Whose the token is; each forge takes it in its own header alone."""
        return self.tokens.get(self.forge.sent_token(request), "")

    def refused(self, request):
        return None if self.login(request) else Answer.of({"message": "Bad credentials"}, 401)

    async def met(self):
        """Only the first looks wait: what they see is from before anybody has written."""
        if self.arrived < self.barrier:
            self.arrived += 1
            if self.arrived == self.barrier:
                self.everybody.set()
            await asyncio.wait_for(self.everybody.wait(), 20)

    def routes(self, request, comments, comment, edit):
        self.forge.route("GET", request, self.show_request)
        self.forge.route("GET", comments, self.list)
        self.forge.route("POST", comments, self.create)
        self.forge.route(edit, comment, self.edit)
        self.forge.route("DELETE", comment, self.delete)

    def show_request(self, request, *_):
        return self.refused(request) or Answer.of(self.shown_request())

    async def list(self, request, *_):
        listed = [self.shown(comment) for comment in self.comments if self.shows_system or not comment["system"]]
        if self.vanish:
            self.vanish = False
            self.comments.clear()
        await self.met()
        return self.refused(request) or self.paged(request, listed)

    def part(self, request, listed, default):
        size = min(int(request.query.get("per_page", default)), self.page)
        page = int(request.query.get("page", 1))
        return listed[(page - 1) * size:page * size], page, page * size < len(listed)

    def create(self, request, *_):
        if refusal := self.refused(request):
            return refusal
        if self.request["locked"]:
            return Answer.of({"message": self.locked_words}, 403)
        body = request.json["body"]
        if len(body) > self.limit:
            return Answer.of({"message": "Body is too long"}, 422)
        added = self.add(self.login(request).removeprefix("job:"), body)
        if self.lost > 0:
            self.lost -= 1
            raise ConnectionResetError
        return Answer.of(self.shown(added), 201)

    def find(self, request, number):
        """The comment, or the answer to give instead."""
        if refusal := self.refused(request):
            return None, refusal
        found = [comment for comment in self.comments if comment["id"] == int(number)]
        if not found:
            return None, Answer.of({"message": "Not Found"}, 404)
        if found[0]["author"] != self.login(request).removeprefix("job:"):
            return None, Answer.of({"message": "not yours"}, 403)
        return found[0], None

    def edit(self, request, *parts):
        comment, refusal = self.find(request, parts[-1])
        if refusal:
            return refusal
        comment["body"] = request.json["body"]
        comment["edits"] += 1
        self.dump()
        return Answer.of(self.shown(comment))

    def delete(self, request, *parts):
        comment, refusal = self.find(request, parts[-1])
        if refusal:
            return refusal
        self.comments.remove(comment)
        self.dump()
        return Answer(204)


class GitHubComments(Comments):
    shows_system, limit = False, 65_536
    locked_words = "Unable to create comment because issue is locked."

    def __init__(self, forge):
        super().__init__(forge)
        repository = "/repos/(acme)/(shop)"
        self.routes(repository + "/pulls/7", repository + "/issues/7/comments",
                    repository + r"/issues/comments/(\d+)", "PATCH")
        # The forge's prefix is that of its REST API: /api/v3 on a host of one's own, nothing on api.github.com.
        forge.route_from_root("POST", forge.prefix.removesuffix("/v3") + "/graphql", self.graphql)
        forge.route("GET", "/user", self.user)

    def user(self, request):
        login = self.login(request)
        if login.startswith("job:"):
            return Answer.of({"message": "Resource not accessible by integration"}, 403)
        return self.refused(request) or Answer.of({"login": login})

    def graphql(self, request):
        if "viewer" not in request.json["query"]:
            return Answer.of({"errors": [{"message": "no such field"}]})
        login = self.login(request).removeprefix("job:")
        return self.refused(request) or Answer.of({"data": {"viewer": {"login": login}}})

    def shown_request(self):
        return {"number": 7, **self.request}

    def shown(self, comment):
        return {"id": comment["id"], "body": comment["body"], "user": {"login": comment["author"]}}

    def paged(self, request, listed):
        part, page, more = self.part(request, listed, 30)
        # The address of the next page is not to be followed: it leads elsewhere.
        # RFC 8288 takes the relation with quotes and without.
        relation = "next" if page % 2 else '"next"'
        link = {"Link": f"<https://elsewhere.invalid/?page={page + 1}>; rel={relation}"} if more else {}
        return Answer.of(part, **link)


class GiteaComments(Comments):
    shows_system, limit = False, 1 << 20
    locked_words = "This conversation has been locked and limited to collaborators."

    def __init__(self, forge):
        super().__init__(forge)
        repository = "/api/v1/repos/(acme)/(shop)"
        self.routes(repository + "/pulls/7", repository + "/issues/7/comments",
                    repository + r"/issues/comments/(\d+)", "PATCH")
        forge.route("GET", "/api/v1/user", lambda request: (
            self.refused(request) or Answer.of({"login": self.login(request).removeprefix("job:")})))

    def shown_request(self):
        return {"number": 7, "state": self.request["state"], "is_locked": self.request["locked"]}

    def shown(self, comment):
        return {"id": comment["id"], "body": comment["body"], "user": {"login": comment["author"]}}

    def paged(self, request, listed):
        # Gitea takes no account of the page, and gives everything each time.
        return Answer.of(listed, **{"X-Total-Count": str(len(listed))})


class GitLabComments(Comments):
    shows_system, limit = True, 1_000_000
    locked_words = "403 Forbidden"

    def __init__(self, forge):
        super().__init__(forge)
        request = "/api/v4/projects/(12|acme%2Fshop)/merge_requests/7"
        self.routes(request, request + "/notes", request + r"/notes/(\d+)", "PUT")
        forge.route("GET", "/api/v4/user", lambda request: (
            self.refused(request) or Answer.of({"username": self.login(request).removeprefix("job:")})))

    def shown_request(self):
        state = {"open": "opened"}.get(self.request["state"], self.request["state"])
        return {"iid": 7, "state": state, "discussion_locked": self.request["locked"]}

    def shown(self, comment):
        return {"id": comment["id"], "body": comment["body"], "system": comment["system"],
                "author": {"username": comment["author"]}}

    def paged(self, request, listed):
        part, page, more = self.part(request, listed, 20)
        return Answer.of(part, **{"X-Next-Page": str(page + 1) if more else "", "X-Total": str(len(listed))})
