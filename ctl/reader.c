// SPDX-License-Identifier: GPL-2.0

#include "reader.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READ_SIZE 65536
#define LINE_LIMIT (1 << 20)

void reader_init(struct reader *reader, int fd)
{
	memset(reader, 0, sizeof(*reader));
	reader->fd = fd;
	reader->origin = lseek(fd, 0, SEEK_CUR);
}

/* Lines may hold keys. */
void reader_free(struct reader *reader)
{
	if (reader->buffer)
		explicit_bzero(reader->buffer, reader->size);
	free(reader->buffer);
	if (reader->fd > STDERR_FILENO)
		close(reader->fd);
}

bool reader_rewind(struct reader *reader)
{
	if (reader->origin < 0 || lseek(reader->fd, reader->origin, SEEK_SET) < 0)
		return false;
	reader->start = 0;
	reader->end = 0;
	reader->last = false;
	reader->line = 0;
	return true;
}

static char *line_end(const struct reader *reader)
{
	if (reader->start == reader->end)
		return NULL;
	return memchr(reader->buffer + reader->start, '\n', reader->end - reader->start);
}

bool reader_is_ready(struct reader *reader)
{
	struct pollfd poll_fd = { .fd = reader->fd, .events = POLLIN };

	return reader->last || line_end(reader) || poll(&poll_fd, 1, 0) > 0;
}

/* A larger buffer by hand: realloc() would leave a copy behind. */
static bool enlarge(struct reader *reader)
{
	size_t size = reader->size + READ_SIZE;
	char *larger = size > LINE_LIMIT ? NULL : malloc(size);

	if (!larger) {
		errno = E2BIG;
		return false;
	}
	if (reader->buffer) {
		memcpy(larger, reader->buffer, reader->end);
		explicit_bzero(reader->buffer, reader->size);
		free(reader->buffer);
	}
	reader->buffer = larger;
	reader->size = size;
	return true;
}

/* Room for one octet behind the text is kept, for the end of the last line. */
static bool fill(struct reader *reader)
{
	ssize_t got;

	if (reader->start) {
		memmove(reader->buffer, reader->buffer + reader->start,
			reader->end - reader->start);
		reader->end -= reader->start;
		reader->start = 0;
	}
	if (reader->end + 1 >= reader->size && !enlarge(reader))
		return false;
	do {
		got = read(reader->fd, reader->buffer + reader->end,
			   reader->size - reader->end - 1);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return false;
	reader->last = !got;
	reader->end += got;
	return true;
}

char *reader_line(struct reader *reader)
{
	char *end;
	char *line;

	while (!(end = line_end(reader))) {
		errno = 0;
		if (reader->last) {
			if (reader->start == reader->end)
				return NULL;
			end = reader->buffer + reader->end;
			reader->end++;
			break;
		}
		if (!fill(reader))
			return NULL;
	}
	line = reader->buffer + reader->start;
	reader->start = end - reader->buffer + 1;
	reader->line++;
	if (memchr(line, 0, end - line)) {
		errno = EILSEQ;
		return NULL;
	}
	*end = 0;
	return line;
}
