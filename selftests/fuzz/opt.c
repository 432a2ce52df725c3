// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as options. The cursor moves forward over whole options only, and
 * what it meets can be written again, on its alignment, and met again.
 */

#include "fuzz.h"
#include "../../kmod/wire/help_test.h"

enum {
	START = TEST_FIXED_OF_BU
};

static u8 buf[DSMIP_MH_MAX];

/* Every decoder on every option: none may read beyond the body. */
static void decode(const struct dsmip_opt *opt)
{
	struct dsmip_mn_id id;
	struct dsmip_hoa4 hoa4;
	struct dsmip_flow flow;
	struct dsmip_nat nat;
	struct dsmip_mnp mnp;
	struct dsmip_bid bid;

	require(dsmip_opt_hoa4(opt, &hoa4) == (opt->body.len == 6));
	require(dsmip_opt_nat(opt, &nat) == (opt->body.len == 6));
	require(dsmip_opt_mnp(opt, &mnp) == (opt->body.len == 18));
	if (dsmip_opt_bid(opt, &bid))
		require(bid.coa_len + 4u == opt->body.len && bid.priority < 128);
	if (dsmip_opt_mn_id(opt, &id))
		require(id.id.data + id.id.len == opt->body.data + opt->body.len);
	if (dsmip_opt_flow(opt, &flow))
		require(flow.sub.data + flow.sub.len == opt->body.data + opt->body.len);
}

/* Walks to the end, copying to @out; what the cursor promises is required. */
static bool copy(struct dsmip_span in, struct dsmip_opt_out *out)
{
	struct dsmip_opt_cursor c = { .mh = in, .at = START };
	struct dsmip_opt opt;
	u16 before = c.at;
	int more;

	while ((more = dsmip_opt_next(&c, &opt)) > 0) {
		require(opt.type > DSMIP_OPT_PADN && opt.at >= before && opt.at < c.at);
		require(opt.body.data == in.data + opt.at + 2);
		require(c.at == opt.at + 2 + opt.body.len && c.at <= in.len);
		decode(&opt);
		dsmip_opt_put(out, opt.type, opt.body.data, opt.body.len);
		before = c.at;
	}
	require(more == 0 || (more == -EBADMSG && c.at < in.len));
	return !more;
}

static void meet_again(struct dsmip_span in, struct dsmip_span out)
{
	struct dsmip_opt_cursor a = { .mh = in, .at = START }, b = { .mh = out, .at = START };
	struct dsmip_opt opt_a, opt_b;

	while (dsmip_opt_next(&a, &opt_a) > 0) {
		require(dsmip_opt_next(&b, &opt_b) == 1 && opt_a.type == opt_b.type);
		require(test_same_span(opt_a.body, opt_b.body));
	}
	require(dsmip_opt_next(&b, &opt_b) == 0);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const struct dsmip_span in = dsmip_span(data, size);
	static const u8 fixed[START - DSMIP_MH_HLEN];
	struct dsmip_opt_cursor c = { .mh = in, .at = START };
	struct dsmip_opt_out out;
	enum dsmip_drop why;
	struct dsmip_opt opt;
	u64 has = 0;
	int len;

	while (dsmip_opt_take(&c, &opt, &has, &why))
		require(has & DSMIP_HAS(opt.type));
	out = dsmip_opt_begin(buf, sizeof(buf), DSMIP_MH_BU, fixed, sizeof(fixed));
	if (!copy(in, &out)) {
		require(why != DSMIP_OK);
		return 0;
	}
	len = dsmip_opt_finish(&out);
	if (len == -ENOSPC)
		return 0;
	require(len > 0 && len % 8 == 0 && len <= DSMIP_MH_MAX);
	meet_again(in, dsmip_span(buf, len));
	return 0;
}
