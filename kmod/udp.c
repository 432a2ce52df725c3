// SPDX-License-Identifier: GPL-2.0
/*
 * Sockets of the kernel's own, for their ports: the host's input filters see what comes,
 * and no other program can take it away. Messages for the home agent, or from it, go to
 * control.c, with where they came from; all else is data.
 */
#include "udp.h"

#include <linux/net.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/udp.h>
#include <net/udp_tunnel.h>

#include "control.h"
#include "error.h"
#include "rx.h"

/* Any that the kernel does not know: it asks only whether there is one. */
enum { ENCAP_TYPE = 1 };

static void read_origin(const struct sk_buff *skb, bool ip4, struct dsmip_origin *from)
{
	from->ip4 = ip4;
	from->port = udp_hdr(skb)->source;
	if (ip4)
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &from->addr);
	else
		from->addr = ipv6_hdr(skb)->saddr;
}

/* [DS-13] The first four bits say what it is. All that comes to our port is ours. */
static int receive(struct sock *sk, struct sk_buff *skb)
{
	struct dsmip_dev *d = rcu_dereference_sk_user_data(sk);
	struct dsmip_origin from;
	u8 version;

	if (!d) {
		kfree_skb(skb);
		return 0;
	}
	if (!pskb_may_pull(skb, sizeof(struct udphdr) + 1)) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_TRUNCATED);
		return 0;
	}
	read_origin(skb, ip_hdr(skb)->version == 4, &from);
	/* nobody can answer that, and to all others of us it means "without UDP" */
	if (!from.port) {
		dsmip_drop_skb(d->counters, skb, d->role == DSMIP_ROLE_HOME_AGENT ?
			       DSMIP_DROP_RX_OUTER_SOURCE : DSMIP_DROP_RX_NOT_HOME_AGENT);
		return 0;
	}
	skb_pull_rcsum(skb, sizeof(struct udphdr));
	version = skb->data[0] >> 4;
	if (version != 4 && version != 6)
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_UDP_PAYLOAD);
	else if (version == 4 || !dsmip_control_udp(d, skb, &from))
		dsmip_rx_udp(d, skb, version == 6, &from);
	return 0;
}

/* The kernel asks whose it is: a socket that is found by its port is ours. */
static int error_lookup(struct sock *sk, struct sk_buff *skb)
{
	return 0;
}

static DSMIP_UDP_ERROR(error)
{
	struct dsmip_dev *d = rcu_dereference_sk_user_data(sk);

	if (d)
		dsmip_error_udp(d, skb, sk->sk_family == AF_INET);
}

/* An address may come later than the device that is to listen on it. */
static int bind_to(struct socket *sock, const struct dsmip_udp_listener *l)
{
	struct sockaddr_in6 to6 = { .sin6_family = AF_INET6, .sin6_addr = l->addr,
				    .sin6_port = l->at };
	struct sockaddr_in to4 = { .sin_family = AF_INET,
				   .sin_addr.s_addr = dsmip_in4_of(&l->addr), .sin_port = l->at };
	int err;

	ip_sock_set_freebind(sock->sk);
	if (l->family == AF_INET)
		return kernel_bind(sock, (struct sockaddr *)&to4, sizeof(to4));
	err = ip6_sock_set_v6only(sock->sk);
	return err ?: kernel_bind(sock, (struct sockaddr *)&to6, sizeof(to6));
}

static int listen(struct dsmip_dev *d, struct dsmip_udp_listener *l)
{
	struct udp_tunnel_sock_cfg cfg = {
		.sk_user_data = d,
		.encap_type = ENCAP_TYPE,
		.encap_rcv = receive,
		.encap_err_lookup = error_lookup,
		.encap_err_rcv = error,
	};
	int err;

	err = sock_create_kern(d->net, l->family, SOCK_DGRAM, IPPROTO_UDP, &l->new);
	if (err)
		return err;
	err = bind_to(l->new, l);
	if (err) {
		sock_release(l->new);
		l->new = NULL;
		return err;
	}
	setup_udp_tunnel_sock(d->net, l->new, &cfg);
	return 0;
}

static bool is_bound_so(const struct dsmip_udp_listener *l)
{
	const struct sock *sk = l->old->sk;

	if (l->at && inet_sk(sk)->inet_sport != l->at)
		return false;
	return l->family == AF_INET ?
	       inet_sk(sk)->inet_rcv_saddr == dsmip_in4_of(&l->addr) :
	       ipv6_addr_equal(&sk->sk_v6_rcv_saddr, &l->addr);
}

static int prepare(struct dsmip_dev *d, struct dsmip_udp_listener *l,
		   struct netlink_ext_ack *extack)
{
	int err;

	if (!l->wanted || (l->old && is_bound_so(l)))
		return 0;
	err = listen(d, l);
	if (err == -EADDRINUSE)
		NL_SET_ERR_MSG_MOD(extack, "the UDP port is in use: take another udp-port");
	else if (err)
		NL_SET_ERR_MSG_MOD(extack, "the UDP port cannot be listened on");
	return err;
}

static void close(struct socket *sock)
{
	if (sock)
		udp_tunnel_sock_release(sock);
}

static void settle(struct dsmip_udp_listener *l)
{
	if (l->wanted && !l->new)
		return;
	*l->sock = l->new;
	WRITE_ONCE(*l->port, l->new ? inet_sk(l->new->sk)->inet_sport : 0);
	close(l->old);
}

int dsmip_udp_open(struct dsmip_dev *d, const struct dsmip_config *config,
		   struct dsmip_udp_change *change, struct netlink_ext_ack *extack)
{
	const bool ha = d->role == DSMIP_ROLE_HOME_AGENT;
	int err;

	ASSERT_RTNL();
	change->l4 = (struct dsmip_udp_listener){
		.family = AF_INET, .sock = &d->udp4, .port = &d->port4, .old = d->udp4,
		.wanted = config->udp_port && (config->addr4 || !ha),
		.at = ha ? config->udp_port : 0,
	};
	change->l6 = (struct dsmip_udp_listener){
		.family = AF_INET6, .sock = &d->udp6, .port = &d->port6, .old = d->udp6,
		.wanted = config->udp_port, .addr = config->addr,
		.at = ha ? config->udp_port : 0,
	};
	ipv6_addr_set_v4mapped(config->addr4, &change->l4.addr);
	err = prepare(d, &change->l4, extack);
	if (err)
		return err;
	err = prepare(d, &change->l6, extack);
	if (err)
		close(change->l4.new);
	return err;
}

void dsmip_udp_settle(struct dsmip_udp_change *change)
{
	ASSERT_RTNL();
	settle(&change->l4);
	settle(&change->l6);
}

void dsmip_udp_abandon(struct dsmip_udp_change *change)
{
	ASSERT_RTNL();
	close(change->l4.new);
	close(change->l6.new);
}

void dsmip_udp_close(struct dsmip_dev *d)
{
	ASSERT_RTNL();
	close(d->udp4);
	close(d->udp6);
	d->udp4 = NULL;
	d->udp6 = NULL;
}
