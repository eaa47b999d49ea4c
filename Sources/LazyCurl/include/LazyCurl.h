#ifndef TINYFORGE_LAZYCURL_H
#define TINYFORGE_LAZYCURL_H

/* 1 where libcurl could be loaded, 0 where not; the first call loads it. The functions that
   lazy.c defines may be called only after this has returned 1. */
int tinyforge_curl_is_loaded(void);

#endif
