// SPDX-License-Identifier: GPL-2.0
/*
 * What swanctl sends for a file, and what we would: the same octets. This program
 * is the charon that swanctl talks to. With "load FILE DIRECTORY SOCKET" it sends
 * to a real one instead what we would send.
 */

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault.h"
#include "swan.h"
#include "tree.h"
#include "vici.h"
#include "ktap.h"

#define PACKETS 16
#define WAIT_MS 20000

struct packets {
	uint8_t *list[PACKETS];
	size_t size[PACKETS]; /* with the length in front */
	int count;
};

static void free_packets(struct packets *packets)
{
	for (int i = 0; i < packets->count; i++)
		free(packets->list[i]);
	packets->count = 0;
}

static void keep(struct packets *packets, uint8_t *packet, size_t size)
{
	if (packets->count == PACKETS)
		exit(2);
	packets->list[packets->count] = packet;
	packets->size[packets->count++] = size;
}

/* ---- a socket ---------------------------------------------------------------------- */

static bool get(int fd, void *octets, size_t size)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	uint8_t *to = octets;

	while (size) {
		ssize_t got = poll(&poll_fd, 1, WAIT_MS) == 1 ? read(fd, to, size) : -1;

		if (got <= 0)
			return false;
		to += got;
		size -= got;
	}
	return true;
}

/* The next packet, its length in front, or NULL when there is none. */
static uint8_t *get_packet(int fd, size_t *size)
{
	uint8_t head[4];
	uint8_t *packet;

	if (!get(fd, head, sizeof(head)))
		return NULL;
	*size = (size_t)head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
	if (*size > VICI_PACKET_MAX)
		return NULL;
	packet = malloc(4 + *size);
	memcpy(packet, head, 4);
	if (!get(fd, packet + 4, *size)) {
		free(packet);
		return NULL;
	}
	*size += 4;
	return packet;
}

static int socket_at(const char *path, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(address->sun_path, sizeof(address->sun_path), "%s", path);
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

/* ---- what swanctl sends -------------------------------------------------------------- */

static char directory[] = "/tmp/swanctl_test.XXXXXX";

static const char *in_directory(const char *name)
{
	static char path[108];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	return path;
}

static pid_t start_swanctl(void)
{
	char file[128];
	char uri[128];
	pid_t pid;

	snprintf(file, sizeof(file), "%s", in_directory("f"));
	snprintf(uri, sizeof(uri), "unix://%s", in_directory("vici"));
	pid = fork();
	if (pid)
		return pid;
	setenv("SWANCTL_DIR", directory, 1);
	setenv("STRONGSWAN_CONF", in_directory("strongswan.conf"), 1);
	if (!freopen(in_directory("said"), "w", stdout))
		_exit(2);
	dup2(1, 2);
	execlp("swanctl", "swanctl", "--load-conns", "--file", file, "--uri", uri, NULL);
	_exit(127);
}

static void answer(int fd, const struct vici_head *head)
{
	struct tree *message = tree_new();
	uint8_t *packet;
	size_t size;

	if (!strcmp(head->name, "get-conns"))
		tree_add_list(message, "conns");
	else
		tree_add_text(message, "success", "yes");
	packet = vici_write(VICI_CMD_RESPONSE, NULL, message, &size);
	if (write(fd, packet, size) != (ssize_t)size)
		exit(2);
	free(packet);
	tree_free(message);
}

/* Until swanctl hangs up. */
static void serve(int fd, struct packets *packets)
{
	struct vici_head head;
	uint8_t *packet;
	size_t size;

	while ((packet = get_packet(fd, &size))) {
		if (vici_read_head(packet + 4, size - 4, &head))
			exit(2);
		answer(fd, &head);
		if (strcmp(head.name, "load-conn"))
			free(packet);
		else
			keep(packets, packet, size);
	}
}

static void record_swanctl(struct packets *packets)
{
	struct sockaddr_un address;
	int listener = socket_at(in_directory("vici"), &address);
	struct pollfd poll_fd = { .fd = listener, .events = POLLIN };
	int status = -1;
	pid_t pid;
	int fd;

	unlink(address.sun_path);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1))
		exit(2);
	pid = start_swanctl();
	fd = poll(&poll_fd, 1, WAIT_MS) == 1 ? accept(listener, NULL, NULL) : -1;
	if (fd >= 0)
		serve(fd, packets);
	else
		kill(pid, SIGKILL);
	close(fd);
	close(listener);
	waitpid(pid, &status, 0);
	check(!status, "swanctl loads it and is content");
}

/* ---- what we send ---------------------------------------------------------------------- */

static void load_one(struct packets *packets, const struct tree *connection)
{
	struct tree *message = tree_new();
	uint8_t *packet;
	size_t size;

	tree_add_copy(message, connection->key, connection);
	packet = vici_write(VICI_CMD_REQUEST, "load-conn", message, &size);
	if (packet)
		keep(packets, packet, size);
	tree_free(message);
}

static int load_file(struct packets *packets, const char *path, const char *below)
{
	struct fault fault = { 0 };
	struct tree *connections = swan_read(path, below, &fault);

	if (!connections) {
		printf("# %s\n", fault.text);
		return -1;
	}
	for (const struct tree *one = connections->first; one; one = one->next)
		load_one(packets, one);
	tree_free(connections);
	return 0;
}

/* ---- the same? -------------------------------------------------------------------------- */

static void show(const char *whose, const uint8_t *packet, size_t size, size_t from)
{
	printf("# %s: ", whose);
	for (size_t i = from > 32 ? from - 32 : 0; i < size && i < from + 32; i++)
		printf(packet[i] >= ' ' && packet[i] < 0x7f ? "%c" : "\\%02x", packet[i]);
	printf("\n");
}

static void same_packet(const struct packets *theirs, const struct packets *ours, int i)
{
	size_t size = theirs->size[i] < ours->size[i] ? theirs->size[i] : ours->size[i];
	size_t at = 0;

	while (at < size && theirs->list[i][at] == ours->list[i][at])
		at++;
	check(theirs->size[i] == ours->size[i] && at == size,
	      "connection %d is sent as the same %zu octets", i + 1, theirs->size[i]);
	if (theirs->size[i] == ours->size[i] && at == size)
		return;
	show("swanctl", theirs->list[i], theirs->size[i], at);
	show("we", ours->list[i], ours->size[i], at);
}

static void copy_file(const char *name)
{
	char here[] = __FILE__;
	char command[512];

	snprintf(command, sizeof(command), "cp %s/swan/%s %s", dirname(here), name,
		 in_directory("f"));
	check(!system(command), "%s is there", name);
}

static void same(const char *name, int count)
{
	struct packets theirs = { 0 };
	struct packets ours = { 0 };

	copy_file(name);
	record_swanctl(&theirs);
	check(!load_file(&ours, in_directory("f"), directory), "we read it");
	check(theirs.count == count && ours.count == count, "it has %d connections", count);
	for (int i = 0; i < count && i < theirs.count && i < ours.count; i++)
		same_packet(&theirs, &ours, i);
	free_packets(&theirs);
	free_packets(&ours);
}

static void put(const char *name, const void *octets, size_t size)
{
	FILE *file = fopen(in_directory(name), "w");

	fwrite(octets, 1, size, file);
	fclose(file);
}

/* swanctl does not look into a certificate. */
static void make_files(void)
{
	static uint8_t octets[65535];

	if (!mkdtemp(directory))
		exit(2);
	mkdir(in_directory("x509"), 0700);
	mkdir(in_directory("x509ca"), 0700);
	mkdir(in_directory("pubkey"), 0700);
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = i * 7 >> 3;
	put("strongswan.conf", "", 0);
	put("x509/ha.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END", 42);
	put("x509/ha2.der", octets, sizeof(octets));
	put("x509ca/ca.pem", octets, 1000);
	put("pubkey/mobile.pub", octets, 300);
}

static void remove_files(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", directory);
	check(!system(command), "nothing is left behind");
}

/* ---- to a real charon ---------------------------------------------------------------------- */

static int load(char **argv)
{
	struct packets packets = { 0 };
	struct sockaddr_un address;
	int fd = socket_at(argv[2], &address);
	size_t size = 0;
	uint8_t *reply;

	if (load_file(&packets, argv[0], argv[1]) ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return 2;
	for (int i = 0; i < packets.count; i++) {
		if (write(fd, packets.list[i], packets.size[i]) != (ssize_t)packets.size[i])
			return 2;
		reply = get_packet(fd, &size);
		if (!reply || !memmem(reply, size, "success\0\003yes", 12))
			return 1;
		free(reply);
	}
	free_packets(&packets);
	close(fd);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "load"))
		return load(argv + 2);
	signal(SIGPIPE, SIG_IGN);
	setlinebuf(stdout);
	make_files();
	same("mobile.conf", 1);
	same("gateway.conf", 2);
	same("odd.conf", 3);
	remove_files();
	return ktap_end();
}
