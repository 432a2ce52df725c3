/* SPDX-License-Identifier: GPL-2.0 */
/* <kunit/test.h> for user space: the part of it that our tests use. */
#ifndef DSMIP_KUNIT_TEST_H
#define DSMIP_KUNIT_TEST_H

#include <stdio.h>
#include <user.h>

enum {
	KUNIT_PARAM_DESC_SIZE = 128
};

struct kunit {
	const void *param_value;
	unsigned int failures; /* ours */
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_suite *next; /* ours */
};

void kunit_add(struct kunit_suite *suite);
void kunit_fail(struct kunit *test, bool fatal, const char *what, long long left, long long right);

#define kunit_test_suite(suite)                                  \
	__attribute((constructor)) static void add_##suite(void) \
	{                                                        \
		kunit_add(&(suite));                             \
	}

#define KUNIT_CASE(fn)                      \
	{                                   \
		.run_case = fn, .name = #fn \
	}
#define KUNIT_CASE_PARAM(fn, gen)                                   \
	{                                                           \
		.run_case = fn, .name = #fn, .generate_params = gen \
	}

#define KUNIT_ARRAY_PARAM(name, array, get_desc)                           \
	static const void *name##_gen_params(const void *prev, char *desc) \
	{                                                                  \
		const __typeof__(array) *all = &(array);                   \
		__typeof__(&(*all)[0]) next = prev;                        \
		next = next ? next + 1 : *all;                             \
		if (next == *all + ARRAY_SIZE(*all))                       \
			return NULL;                                       \
		get_desc(next, desc);                                      \
		return next;                                               \
	}

#define kunit_text_(x) #x
#define kunit_text(x) kunit_text_(x)
#define kunit_where __FILE__ ":" kunit_text(__LINE__) ": "

#define kunit_compare(test, fatal, a, op, b)                                                     \
	do {                                                                                     \
		__typeof__(a) left_ = (a);                                                       \
		__typeof__(b) right_ = (b);                                                      \
		if (!(left_ op right_))                                                          \
			kunit_fail(test, fatal, kunit_where #a " " #op " " #b, (long long)left_, \
				   (long long)right_);                                           \
	} while (0)

#define KUNIT_EXPECT_EQ(test, a, b) kunit_compare(test, false, a, ==, b)
#define KUNIT_EXPECT_NE(test, a, b) kunit_compare(test, false, a, !=, b)
#define KUNIT_EXPECT_LT(test, a, b) kunit_compare(test, false, a, <, b)
#define KUNIT_EXPECT_LE(test, a, b) kunit_compare(test, false, a, <=, b)
#define KUNIT_EXPECT_GT(test, a, b) kunit_compare(test, false, a, >, b)
#define KUNIT_EXPECT_GE(test, a, b) kunit_compare(test, false, a, >=, b)
#define KUNIT_EXPECT_TRUE(test, a) kunit_compare(test, false, !!(a), ==, 1)
#define KUNIT_EXPECT_FALSE(test, a) kunit_compare(test, false, !!(a), ==, 0)

#define KUNIT_ASSERT_EQ(test, a, b) kunit_compare(test, true, a, ==, b)
#define KUNIT_ASSERT_NE(test, a, b) kunit_compare(test, true, a, !=, b)
#define KUNIT_ASSERT_LT(test, a, b) kunit_compare(test, true, a, <, b)
#define KUNIT_ASSERT_LE(test, a, b) kunit_compare(test, true, a, <=, b)
#define KUNIT_ASSERT_GT(test, a, b) kunit_compare(test, true, a, >, b)
#define KUNIT_ASSERT_GE(test, a, b) kunit_compare(test, true, a, >=, b)
#define KUNIT_ASSERT_TRUE(test, a) kunit_compare(test, true, !!(a), ==, 1)
#define KUNIT_ASSERT_FALSE(test, a) kunit_compare(test, true, !!(a), ==, 0)

static inline void strscpy(char *to, const char *from, size_t size)
{
	snprintf(to, size, "%s", from);
}

#endif
