/* zeros SIZE: writes SIZE zero bytes in the same chunks and into the same pipe as mksecret: the most that a reader
 * accepts. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static char chunk[64 * 1024];

int main(int argc, char **argv)
{
	long long left = argc > 1 ? atoll(argv[1]) : 0;
	if (left > (long long)sizeof chunk)
		fcntl(1, F_SETPIPE_SZ, 1 << 20);
	while (left > 0) {
		size_t size = left < (long long)sizeof chunk ? (size_t)left : sizeof chunk;
		ssize_t written = write(1, chunk, size);
		if (written <= 0)
			return 1;
		left -= written;
	}
	return 0;
}
