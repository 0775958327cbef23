#ifndef CHATSCRUB_CICU_H
#define CHATSCRUB_CICU_H
// The only ICU surface Swift sees. ICU's own headers stay out of this file: Foundation on Linux carries its own
// copy of them (_FoundationICU), and a Clang module that includes the system's copy cannot be imported next to it.
#include <stdint.h>
int32_t chatscrub_icu_fold(uint32_t code_point, uint8_t *target, int32_t capacity);
#endif
