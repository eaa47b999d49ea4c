/* libcurl's functions under their own names, each of which loads the library at its first use.

   Linked as usual, libcurl and the thirty libraries under it cost 11 ms before main, which every run
   would pay that never asks a forge. So the tools are not linked with it: a function of libcurl
   that they call, and that is not listed here, fails to link. */
#define CURL_DISABLE_TYPECHECK
#include <LazyCurl.h>
#include <curl/curl.h>
#include <stdarg.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define LAZY_LIBRARY "libcurl.so.4"
#include "../CPosix/lazy.h"

int tinyforge_curl_is_loaded(void) { return library() != NULL; }

LAZY(CURLcode, curl_global_init, (long a), (a))
LAZY(curl_version_info_data *, curl_version_info, (CURLversion a), (a))
LAZY(const char *, curl_easy_strerror, (CURLcode a), (a))
LAZY(CURL *, curl_easy_init, (void), ())
LAZY(void, curl_easy_reset, (CURL *a), (a))
LAZY(void, curl_easy_cleanup, (CURL *a), (a))
LAZY(struct curl_slist *, curl_slist_append, (struct curl_slist *a, const char *b), (a, b))
LAZY(void, curl_slist_free_all, (struct curl_slist *a), (a))
LAZY(CURLM *, curl_multi_init, (void), ())
LAZY(CURLMcode, curl_multi_cleanup, (CURLM *a), (a))
LAZY(CURLMcode, curl_multi_add_handle, (CURLM *a, CURL *b), (a, b))
LAZY(CURLMcode, curl_multi_remove_handle, (CURLM *a, CURL *b), (a, b))
LAZY(CURLMcode, curl_multi_perform, (CURLM *a, int *b), (a, b))
LAZY(CURLMcode, curl_multi_poll, (CURLM *a, struct curl_waitfd b[], unsigned int c, int d, int *e), (a, b, c, d, e))
LAZY(CURLMcode, curl_multi_wakeup, (CURLM *a), (a))
LAZY(CURLMsg *, curl_multi_info_read, (CURLM *a, int *b), (a, b))

/* Variadic with one argument, whose type follows from the option's number. */
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
  static void *slot;
  CURLcode (*set)(CURL *, CURLoption, ...) = (CURLcode(*)(CURL *, CURLoption, ...))function(&slot, "curl_easy_setopt");
  va_list values;
  CURLcode status;
  va_start(values, option);
  if (option < CURLOPTTYPE_OBJECTPOINT) {
    status = set(handle, option, va_arg(values, long));
  } else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) {
    status = set(handle, option, va_arg(values, curl_off_t));
  } else {
    status = set(handle, option, va_arg(values, void *));
  }
  va_end(values);
  return status;
}

CURLMcode curl_multi_setopt(CURLM *multi, CURLMoption option, ...) {
  static void *slot;
  CURLMcode (*set)(CURLM *, CURLMoption, ...) = (CURLMcode(*)(CURLM *, CURLMoption, ...))function(&slot, "curl_multi_setopt");
  va_list values;
  CURLMcode status;
  va_start(values, option);
  status = option < CURLOPTTYPE_OBJECTPOINT ? set(multi, option, va_arg(values, long))
                                            : set(multi, option, va_arg(values, void *));
  va_end(values);
  return status;
}

/* Every information comes back through a pointer. */
CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...) {
  static void *slot;
  CURLcode (*get)(CURL *, CURLINFO, ...) = (CURLcode(*)(CURL *, CURLINFO, ...))function(&slot, "curl_easy_getinfo");
  va_list values;
  CURLcode status;
  va_start(values, info);
  status = get(handle, info, va_arg(values, void *));
  va_end(values);
  return status;
}
