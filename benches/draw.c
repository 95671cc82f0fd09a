/* draw SIZE: asks the kernel for SIZE random bytes, as many at a time as mksecret does, and writes nothing: what the
 * randomness alone costs. */

#include <stdlib.h>
#include <sys/random.h>

static char chunk[64 * 1024];

int main(int argc, char **argv)
{
	long long left = argc > 1 ? atoll(argv[1]) : 0;
	while (left > 0) {
		size_t size = left < (long long)sizeof chunk ? (size_t)left : sizeof chunk;
		if (getrandom(chunk, size, 0) != (ssize_t)size)
			return 1;
		left -= size;
	}
	return 0;
}
