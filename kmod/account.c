// SPDX-License-Identifier: GPL-2.0
#include "account.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/slab.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ipv6.h>

struct dsmip_account *dsmip_account_alloc(void)
{
	struct dsmip_account *account = kmalloc(sizeof(*account), GFP_KERNEL_ACCOUNT);
	int cpu;

	if (!account)
		return NULL;
	account->cpu = alloc_percpu_gfp(struct dsmip_account_cpu, GFP_KERNEL_ACCOUNT);
	if (!account->cpu) {
		kfree(account);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(account->cpu, cpu)->sync);
	return account;
}

static void free_account(struct rcu_head *rcu)
{
	struct dsmip_account *account = container_of(rcu, struct dsmip_account, rcu);

	free_percpu(account->cpu);
	kfree(account);
}

void dsmip_account_free(struct dsmip_account *account)
{
	if (account)
		call_rcu(&account->rcu, free_account);
}

/* Where the transport header of a packet is, and its protocol. */
static int transport_of(const struct sk_buff *skb, u8 *proto)
{
	struct ipv6hdr buf;
	const struct ipv6hdr *ip6 = skb_header_pointer(skb, 0, sizeof(buf), &buf);
	__be16 fragment;

	if (unlikely(!ip6))
		return -1;
	if (ip6->version == 4) {
		*proto = ((const struct iphdr *)ip6)->protocol;
		return ((const struct iphdr *)ip6)->ihl * 4;
	}
	*proto = ip6->nexthdr;
	return ipv6_skip_exthdr(skb, sizeof(*ip6), proto, &fragment);
}

/* Octets of headers that stand once in a GSO packet, and in each of its segments. */
static u32 headers_of(const struct sk_buff *skb)
{
	const struct tcphdr *tcp;
	struct tcphdr buf;
	u8 proto = 0;
	int at;

	at = transport_of(skb, &proto);
	if (unlikely(at < 0))
		return 0;
	if (proto != IPPROTO_TCP)
		return at + sizeof(struct udphdr);
	tcp = skb_header_pointer(skb, at, sizeof(buf), &buf);
	return likely(tcp) ? at + tcp->doff * 4 : 0;
}

void dsmip_account_count(struct dsmip_account *account, enum dsmip_account_way way,
			 const struct sk_buff *skb)
{
	struct dsmip_account_cpu *cpu = this_cpu_ptr(account->cpu);
	u32 packets = 1, octets = skb->len, headers;

	if (skb_is_gso(skb)) {
		/* what came from outside need not say how many segments there are */
		headers = headers_of(skb);
		if (likely(headers < skb->len))
			packets = DIV_ROUND_UP(skb->len - headers, skb_shinfo(skb)->gso_size);
		octets += (packets - 1) * headers;
	}
	u64_stats_update_begin(&cpu->sync);
	u64_stats_add(&cpu->packets[way], packets);
	u64_stats_add(&cpu->octets[way], octets);
	u64_stats_update_end(&cpu->sync);
}

void dsmip_account_sum(const struct dsmip_account *account, struct dsmip_account_sum *sum)
{
	u64 packets[DSMIP_ACCOUNT_WAYS], octets[DSMIP_ACCOUNT_WAYS];
	int cpu, way;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		const struct dsmip_account_cpu *c = per_cpu_ptr(account->cpu, cpu);
		unsigned int begun;

		do {
			begun = u64_stats_fetch_begin(&c->sync);
			for (way = 0; way < DSMIP_ACCOUNT_WAYS; way++) {
				packets[way] = u64_stats_read(&c->packets[way]);
				octets[way] = u64_stats_read(&c->octets[way]);
			}
		} while (u64_stats_fetch_retry(&c->sync, begun));
		for (way = 0; way < DSMIP_ACCOUNT_WAYS; way++) {
			sum->packets[way] += packets[way];
			sum->octets[way] += octets[way];
		}
	}
}
