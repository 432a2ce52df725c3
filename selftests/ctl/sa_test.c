// SPDX-License-Identifier: GPL-2.0
/* The words of sa, and that keys are forgotten. */

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "ktap.h"
#include "sa.h"
#include "spec.h"
#include "word.h"

#define WHICH "dev ha0 hoa 2001:db8::7 ha 2001:db8::1 "
#define FULL WHICH "reqid 7 spi-in 0x1001 spi-out 0x1002 "
#define KEY "0x000102030405060708090a0b0c0d0e0f10111213"

static struct fault fault;
static char line_copy[8192];
static char *words[64];
static int count;

static int read_line(struct sa *sa, enum sa_verb *verb, const char *line)
{
	snprintf(line_copy, sizeof(line_copy), "%s", line);
	memset(&fault, 0, sizeof(fault));
	count = word_split(line_copy, words, 64);
	return sa_read(sa, verb, count, words, &fault);
}

static const struct {
	const char *line;
	const char *wrong;
} wrong_rows[] = {
	{ "add", "sa add wants too: dev hoa ha reqid spi-in spi-out" },
	{ "add " WHICH "spi-in 0x1001 spi-out 0x1002", "sa add wants too: reqid" },
	{ "add " FULL, "sa add wants aead, or enc and auth-trunc" },
	{ "add " FULL "enc cbc(aes) " KEY, "sa add wants aead, or enc and auth-trunc" },
	{ "add " FULL "auth-trunc hmac(sha256) " KEY " 128", "sa add wants aead" },
	{ "add " FULL "aead a " KEY " 128 enc b " KEY " auth-trunc c " KEY " 128",
	  "sa add wants aead, or enc and auth-trunc" },
	{ "add " FULL "aead a " KEY, "aead wants a value: NAME 0xKEY|@FILE ICVBITS" },
	{ "add " FULL "aead a " KEY " 127", "aead: '127' is not a number of bits" },
	{ "add " FULL "aead a " KEY " 0", "aead: '0' is not a number of bits" },
	{ "add " FULL "aead a 0x123 128", "aead: the key is not 0x and hex digits" },
	{ "add " FULL "aead a secret 128", "aead: the key is not 0x and hex digits" },
	{ "add " FULL "aead a @/nowhere/key 128", "aead: '/nowhere/key' holds no key" },
	{ "add " FULL "aead a @/dev/null 128", "aead: '/dev/null' holds no key" },
	{ "add " FULL "aead a @/dev/zero 128", "aead: '/dev/zero' holds no key" },
	{ "add " FULL "aead '' " KEY " 128", "aead: '' is not the name of an algorithm" },
	{ "add " WHICH "reqid 0", "reqid: '0' is not a number from 1" },
	{ "add " WHICH "spi-in 255", "spi-in: '255' is not a number from 256" },
	{ "add " WHICH "replay-window 33", "replay-window: '33' is not a number from 0 to 32" },
	{ "add dev ha0 dev ha0", "dev is given twice" },
	{ "add hoa 192.0.2.1", "hoa: '192.0.2.1' is not an IPv6 address" },
	{ "add hoa 2001:db8::/64", "hoa: '2001:db8::/64' is not an IPv6 address" },
	{ "add colour green", "unknown word 'colour'; sa add takes: dev hoa ha reqid" },
	{ "del dev ha0", "sa del wants too: hoa ha" },
	{ "del " WHICH "aead a " KEY " 128", "unknown word 'aead'; sa del takes:" },
	{ "show spi-in 4096", "unknown word 'spi-in'; sa show takes: dev hoa ha reqid" },
	{ "flush", "unknown word 'flush'; sa show takes:" },
};

static void wrong_lines(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong_rows); i++) {
		enum sa_verb verb;
		struct sa sa;
		int result = read_line(&sa, &verb, wrong_rows[i].line);
		bool said = strstr(fault.text, wrong_rows[i].wrong);

		check(result && fault.status == STATUS_WRONG && said, "sa %.60s: is wrong",
		      wrong_rows[i].line);
		if (!said)
			printf("# wanted: %s\n# got:    %s\n", wrong_rows[i].wrong, fault.text);
		check(!strstr(fault.text, "0001020304") && !strstr(fault.text, "secret"),
		      "and the key is not in the sentence");
	}
}

static bool has_text(const char *text)
{
	for (size_t i = 0; i + strlen(text) <= sizeof(line_copy); i++)
		if (!memcmp(line_copy + i, text, strlen(text)))
			return true;
	return false;
}

static void right_lines(void)
{
	enum sa_verb verb;
	struct sa sa;

	check(!read_line(&sa, &verb, "add " FULL "aead 'rfc4106(gcm(aes))' " KEY " 128") &&
		      verb == SA_ADD && sa.reqid == 7 && sa.spi_in == 0x1001 &&
		      sa.spi_out == 0x1002 && sa.replay_window == 32 && sa.ha[15] == 1 &&
		      sa.hoa[15] == 7,
	      "an SA is read");
	check(!strcmp(sa.aead.name, "rfc4106(gcm(aes))") && sa.aead.key_size == 20 &&
		      sa.aead.key[19] == 0x13 && sa.aead.bits == 128,
	      "and its AEAD");
	check(!has_text("0001020304"), "and the key is wiped from the words");
	check(!read_line(&sa, &verb,
			 "add " FULL "enc ecb(cipher_null) 0x auth-trunc hmac(sha256) " KEY
			 " 128 replay-window 0") &&
		      !sa.enc.key_size && sa.auth.key_size == 20 && !sa.replay_window,
	      "an SA of two algorithms is read, one of them without a key");
	check(!read_line(&sa, &verb, "del " WHICH) && verb == SA_DEL, "sa del is read");
	check(!read_line(&sa, &verb, "del " WHICH "spi-in 4096") && sa.spi_in == 4096,
	      "sa del with an SPI is read");
	check(!read_line(&sa, &verb, "") && verb == SA_SHOW, "sa alone is show");
	check(!read_line(&sa, &verb, "dev ha0") && verb == SA_SHOW, "sa dev is show");
}

static void check_file(const char *content, size_t wanted, const char *sentence)
{
	char template[] = "/tmp/dsmip-key.XXXXXX";
	int fd = mkstemp(template);
	enum sa_verb verb;
	char line[256];
	struct sa sa;
	int result;

	if (fd < 0 || write(fd, content, strlen(content)) != (ssize_t)strlen(content))
		return check(false, "a file");
	close(fd);
	snprintf(line, sizeof(line), "add " FULL "aead a @%s 128", template);
	result = read_line(&sa, &verb, line);
	unlink(template);
	check(wanted ? !result && sa.aead.key_size == wanted : result, "%s", sentence);
}

static void key_files(void)
{
	char many[1200];

	memset(many, 'a', sizeof(many));
	many[1199] = 0;
	check_file(KEY "\n", 20, "a key of a file");
	check_file("  00010203\r\n", 4, "a key of a file, with blanks and without 0x");
	check_file("0001 0203\n", 2, "a key of a file ends with a blank");
	check_file("", 0, "an empty file holds no key");
	check_file("00010\n", 0, "half an octet in a file is no key");
	check_file(many, 0, "more than a key in a file is no key");
	many[1024] = 0;
	check_file(many, 512, "the longest key of a file");
}

int main(void)
{
	wrong_lines();
	right_lines();
	key_files();
	return ktap_end();
}
