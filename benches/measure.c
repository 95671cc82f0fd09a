/* measure TIMES STDIN COMMAND...: runs the command TIMES times, each time with the file STDIN as standard input, and
 * prints to standard error the seconds per run and the largest resident set of a process in it, in KiB. Small on
 * purpose: a new process is counted with the memory of its parent. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	long times = atol(argv[1]), largest = 0;
	struct timespec start, end;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, argv[2], O_RDONLY, 0);
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (long i = 0; i < times; i++) {
		pid_t pid;
		int status;
		struct rusage usage;
		if (posix_spawnp(&pid, argv[3], &actions, NULL, argv + 3, environ) != 0)
			return 127;
		if (wait4(pid, &status, 0, &usage) != pid || status != 0)
			return 1;
		if (usage.ru_maxrss > largest)
			largest = usage.ru_maxrss;
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
	fprintf(stderr, "%.9f %ld\n", seconds / times, largest);
	return 0;
}
