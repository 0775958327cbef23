#ifndef CHATSCRUB_CBYTEMAPS_H
#define CHATSCRUB_CBYTEMAPS_H
// The SIMD classifier. It is in C because the Swift 6.3 optimiser turns comparisons of SIMD64<UInt8> into
// calls for every lane: the whole command ran at 3.6 MB/s with it and at 20 MB/s with this, all else equal.
#include <stddef.h>
#include <stdint.h>

// Writes where the bytes of each class stand among each 64 bytes of a text, as eight words a block, in this order; bit i
// is byte i:
//   letter  A-Z, a-z
//   upper   A-Z
//   digit   0-9
//   word    letter, digit, _ and every byte from 0x80
//   high    0x80 and above
//   lead    0xC0 and above: where a character that is not ASCII begins
//   cased   the lead bytes of characters that may be capitals
//   mark    any of the bytes asked for
// There are (count + 63) / 64 blocks and one more, which is empty, so that a reader may look one block ahead. Bits behind
// the end are 0. Returns nonzero when a byte is 0x80 or above.
int chatscrub_byte_maps(const uint8_t *text, size_t count, const uint8_t *marks, size_t marks_count,
                        uint64_t *blocks);
#endif
