#ifndef CHATSCRUB_CBYTEMAPS_H
#define CHATSCRUB_CBYTEMAPS_H
// The SIMD classifier. It is in C because the Swift 6.3 optimiser turns comparisons of SIMD64<UInt8> into
// calls for every lane: the whole command ran at 3.6 MB/s with it and at 20 MB/s with this, all else equal.
#include <stddef.h>
#include <stdint.h>

// Writes one bit for each byte of `text`: bit i % 64 of word i / 64. Each of the first four maps has (count + 63) / 64
// words; `single` has so many for each of the `singles_count` bytes, one map after another. Bits behind the end are 0.
// Returns nonzero when a byte is 0x80 or above.
int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *singles, size_t singles_count,
                        uint64_t *letter, uint64_t *upper, uint64_t *digit, uint64_t *high,
                        uint64_t *single);
#endif
