/* zeros SIZE: writes SIZE zero bytes in the same chunks as mksecret: the most that a reader accepts. */

#include <stdlib.h>
#include <unistd.h>

static char chunk[64 * 1024];

int main(int argc, char **argv)
{
	long long left = argc > 1 ? atoll(argv[1]) : 0;
	while (left > 0) {
		size_t size = left < (long long)sizeof chunk ? (size_t)left : sizeof chunk;
		ssize_t written = write(1, chunk, size);
		if (written <= 0)
			return 1;
		left -= written;
	}
	return 0;
}
