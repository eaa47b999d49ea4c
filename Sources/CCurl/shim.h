#ifndef TINYFORGE_CCURL_SHIM_H
#define TINYFORGE_CCURL_SHIM_H

/* Plain prototypes instead of the type-checking macros, which Swift could not call anyway. */
#ifndef CURL_DISABLE_TYPECHECK
#define CURL_DISABLE_TYPECHECK
#endif
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* Swift calls no variadic C function, so each kind of argument has a wrapper here. */

static inline CURLcode tinyforge_curl_set_long(CURL *handle, CURLoption option, long value) {
  return (curl_easy_setopt)(handle, option, value);
}

/* A string, a list, or the data pointer of a callback. libcurl copies strings, and nothing else. */
static inline CURLcode tinyforge_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode tinyforge_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(handle, option, value);
}

/* For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION. */
typedef size_t (*tinyforge_curl_sink)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode tinyforge_curl_set_sink(CURL *handle, CURLoption option, tinyforge_curl_sink sink) {
  return (curl_easy_setopt)(handle, option, sink);
}

static inline CURLcode tinyforge_curl_set_opensocket(CURL *handle, curl_opensocket_callback callback) {
  return (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode tinyforge_curl_set_prerequest(CURL *handle, curl_prereq_callback callback) {
  return (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLMcode tinyforge_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl_multi_setopt)(multi, option, value);
}

static inline CURLcode tinyforge_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode tinyforge_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode tinyforge_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

/* What holds for every transfer. Returns the first refusal. */
static inline CURLcode tinyforge_curl_harden(CURL *handle) {
  static const struct {
    CURLoption option;
    long value;
  } options[] = {
      {CURLOPT_NOSIGNAL, 1},
      {CURLOPT_FOLLOWLOCATION, 0}, /* a redirect is an answer, never an order */
      {CURLOPT_SSL_VERIFYPEER, 1},
      {CURLOPT_SSL_VERIFYHOST, 2},
      {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
      {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
      {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
      {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS},
      {CURLOPT_PATH_AS_IS, 1},
      {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
      {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
      {CURLOPT_NETRC, CURL_NETRC_IGNORED},
      {CURLOPT_HTTP09_ALLOWED, 0},
  };
  CURLcode status;
  for (size_t index = 0; index < sizeof options / sizeof *options; index++) {
    status = (curl_easy_setopt)(handle, options[index].option, options[index].value);
    if (status != CURLE_OK) return status;
  }
  status = (curl_easy_setopt)(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  /* A name server that does not answer must not hold up the thread. Since 7.87; a wish. */
  (void)(curl_easy_setopt)(handle, CURLOPT_QUICK_EXIT, 1L);
  return status;
}

/* The result of a finished transfer: a union, which Swift reads only through this. */
static inline CURLcode tinyforge_curl_result(const CURLMsg *message) { return message->data.result; }

/* The address that libcurl is about to connect to; it lies inside the structure it is named by. */
static inline const struct sockaddr *tinyforge_curl_address(const struct curl_sockaddr *address) {
  return &address->addr;
}

#endif
