#include "CICU.h"
int32_t chatscrub_icu_fold(uint32_t code_point, uint8_t *target, int32_t capacity) { return 0; }
