// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "sa.h"

#define SPI(number) cpu_to_be32(number)

enum { REQID = 101, OLD = 0x1001, NEW = 0x1101, NEWEST = 0x1201 };

static struct dsmip_sa after(const u32 *spis, u8 count)
{
	struct dsmip_sa sa = { .reqid = REQID };
	u8 i;

	for (i = 0; i < count; i++)
		dsmip_sa_set_spi(&sa, SPI(spis[i]));
	return sa;
}

static bool takes(const struct dsmip_sa *sa, u32 spi)
{
	return dsmip_sa_takes(sa, REQID, SPI(spi));
}

static void any_sa_will_do_where_nothing_is_asked(struct kunit *test)
{
	const struct dsmip_sa any = {};

	KUNIT_EXPECT_TRUE(test, dsmip_sa_takes(&any, 0, SPI(OLD)));
	KUNIT_EXPECT_TRUE(test, dsmip_sa_takes(&any, REQID, SPI(NEW)));
}

/* [HR-07] [MR-12] */
static void both_numbers_must_be_right(struct kunit *test)
{
	const u32 spis[] = { OLD };
	struct dsmip_sa sa = after(spis, 1);

	KUNIT_EXPECT_TRUE(test, takes(&sa, OLD));
	KUNIT_EXPECT_FALSE(test, takes(&sa, NEW));
	KUNIT_EXPECT_FALSE(test, takes(&sa, 0));
	KUNIT_EXPECT_FALSE(test, dsmip_sa_takes(&sa, REQID + 1, SPI(OLD)));
	sa.reqid = 0;
	KUNIT_EXPECT_TRUE(test, dsmip_sa_takes(&sa, REQID + 1, SPI(OLD)));
}

/* What happens to the numbers, and which of three SAs are good after it. */
struct row {
	const char *says;
	bool old, new, newest;
	u8 count;
	u32 spis[4];
};

static const struct row rows[] = {
	{ "the predecessor of a rekeyed SA stays good", true, true, false, 2, { OLD, NEW } },
	{ "one predecessor only", false, true, true, 3, { OLD, NEW, NEWEST } },
	{ "the same again forgets it", false, true, false, 3, { OLD, NEW, NEW } },
	{ "the first one has none", true, false, false, 2, { 0, OLD } },
	{ "0 takes any", true, true, true, 3, { OLD, NEW, 0 } },
	{ "and remembers none", false, false, true, 4, { OLD, NEW, 0, NEWEST } },
	{ "back to the one before", true, true, false, 3, { OLD, NEW, OLD } },
};

static void say(const struct row *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row, rows, say);

static void spi_is_succeeded(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct dsmip_sa sa = after(row->spis, row->count);

	KUNIT_EXPECT_EQ(test, takes(&sa, OLD), row->old);
	KUNIT_EXPECT_EQ(test, takes(&sa, NEW), row->new);
	KUNIT_EXPECT_EQ(test, takes(&sa, NEWEST), row->newest);
	KUNIT_EXPECT_FALSE(test, dsmip_sa_takes(&sa, REQID + 1, SPI(OLD)));
}

static void no_predecessor_is_not_an_spi_of_0(struct kunit *test)
{
	const u32 spis[] = { OLD };
	const struct dsmip_sa sa = after(spis, 1);

	KUNIT_EXPECT_EQ(test, be32_to_cpu(sa.spi_before), 0);
	KUNIT_EXPECT_FALSE(test, takes(&sa, 0));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(any_sa_will_do_where_nothing_is_asked),
	KUNIT_CASE(both_numbers_must_be_right),
	KUNIT_CASE_PARAM(spi_is_succeeded, row_gen_params),
	KUNIT_CASE(no_predecessor_is_not_an_spi_of_0),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-sa", .test_cases = cases };

kunit_test_suite(suite);
