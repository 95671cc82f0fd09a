/* Draws 32 bytes and writes them in hexadecimal: the least that a start can cost. */

#include <sys/random.h>
#include <unistd.h>

int main(void)
{
	unsigned char bytes[32];
	char text[65];
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return 1;
	for (int i = 0; i < 32; i++) {
		text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	text[64] = '\n';
	return write(1, text, sizeof text) == sizeof text ? 0 : 1;
}
