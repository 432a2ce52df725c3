// SPDX-License-Identifier: GPL-2.0
/* Runs every suite that was linked in and prints KTAP. */

#include <setjmp.h>
#include <stdlib.h>
#include <kunit/test.h>

enum {
	SHOWN = 10, /* failures of one test: the first say enough */
};

static struct kunit_suite *suites;
static jmp_buf aborted;

void kunit_add(struct kunit_suite *suite)
{
	struct kunit_suite **to = &suites;

	while (*to && strcmp((*to)->name, suite->name) < 0)
		to = &(*to)->next;
	suite->next = *to;
	*to = suite;
}

void kunit_fail(struct kunit *test, bool fatal, const char *what, long long left, long long right)
{
	if (test->failures++ < SHOWN)
		printf("        # %s: but %lld and %lld\n", what, left, right);
	if (fatal)
		longjmp(aborted, 1);
}

static bool run_once(const struct kunit_suite *suite, struct kunit_case *c, const void *param)
{
	struct kunit test = { .param_value = param };

	if (suite->init && suite->init(&test))
		return false;
	if (!setjmp(aborted))
		c->run_case(&test);
	return !test.failures;
}

static bool run_params(const struct kunit_suite *suite, struct kunit_case *c)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	const void *param = NULL;
	bool all = true;
	int n = 0;

	printf("        KTAP version 1\n        # Subtest: %s\n", c->name);
	while ((param = c->generate_params(param, desc))) {
		const bool ok = run_once(suite, c, param);

		printf("        %sok %d %s\n", ok ? "" : "not ", ++n, desc);
		all = all && ok;
	}
	printf("        1..%d\n", n);
	return all && n;
}

static bool run_suite(const struct kunit_suite *suite)
{
	struct kunit_case *c;
	bool all = true;
	int n = 0;

	for (c = suite->test_cases; c->run_case; c++)
		n++;
	printf("    KTAP version 1\n    # Subtest: %s\n    1..%d\n", suite->name, n);
	n = 0;
	for (c = suite->test_cases; c->run_case; c++) {
		const bool ok = c->generate_params ? run_params(suite, c) :
						     run_once(suite, c, NULL);

		printf("    %sok %d %s\n", ok ? "" : "not ", ++n, c->name);
		all = all && ok;
	}
	return all;
}

int main(void)
{
	const struct kunit_suite *suite;
	bool all = true;
	int n = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (suite = suites; suite; suite = suite->next)
		n++;
	printf("KTAP version 1\n1..%d\n", n);
	n = 0;
	for (suite = suites; suite; suite = suite->next) {
		const bool ok = run_suite(suite);

		printf("%sok %d %s\n", ok ? "" : "not ", ++n, suite->name);
		all = all && ok;
	}
	return all && n ? EXIT_SUCCESS : EXIT_FAILURE;
}
