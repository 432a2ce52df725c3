// SPDX-License-Identifier: GPL-2.0
/* Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit. */

/* clang-format off */

#include "spec.h"

#include <linux/dsmip.h>

static const struct spec_value answer_values[] = {
	{ DSMIP_ANSWER_NO, "no", "no" },
	{ DSMIP_ANSWER_YES, "yes", "yes" },
};

static const struct spec_enum answer_enum = {
	.values = answer_values,
	.count = ARRAY_SIZE(answer_values),
};

static const struct spec_value role_values[] = {
	{ DSMIP_ROLE_HOME_AGENT, "home-agent", "Serves mobiles, the PDN GW of S2c." },
	{ DSMIP_ROLE_MOBILE_NODE, "mobile-node", "Registers with home agents, the UE of S2c." },
};

static const struct spec_enum role_enum = {
	.values = role_values,
	.count = ARRAY_SIZE(role_values),
};

static const struct spec_value auth_values[] = {
	{ DSMIP_AUTH_ESP, "esp", "ESP in transport mode under the mobile's own SA, RFC 4877 section 4." },
	{ DSMIP_AUTH_OPEN, "open", "Nothing. For laboratories; must be asked for by name." },
};

static const struct spec_enum auth_enum = {
	.values = auth_values,
	.count = ARRAY_SIZE(auth_values),
};

static const struct spec_value outer_values[] = {
	{ DSMIP_OUTER_IP6, "ip6", "IPv6 or IPv4 in IPv6." },
	{ DSMIP_OUTER_IP4, "ip4", "IPv6 or IPv4 in IPv4." },
	{ DSMIP_OUTER_UDP4, "udp4", "IPv6 or IPv4 in UDP over IPv4." },
	{ DSMIP_OUTER_UDP6, "udp6", "IPv6 or IPv4 in UDP over IPv6." },
};

static const struct spec_enum outer_enum = {
	.values = outer_values,
	.count = ARRAY_SIZE(outer_values),
};

static const struct spec_value udp_values[] = {
	{ DSMIP_UDP_AUTO, "auto", "Behind a NAT, and where the mobile asks for it." },
	{ DSMIP_UDP_ALWAYS, "always", "Always; the mobile is told so by option 31 with F." },
	{ DSMIP_UDP_NAT_ONLY, "nat-only", "Behind a NAT; a mobile that asks for it elsewhere is refused with 144." },
};

static const struct spec_enum udp_enum = {
	.values = udp_values,
	.count = ARRAY_SIZE(udp_values),
};

static const struct spec_value state_values[] = {
	{ DSMIP_STATE_IDLE, "idle", "No care-of address, or not started." },
	{ DSMIP_STATE_REGISTERING, "registering", "A first Binding Update is out, no binding at the home agent yet." },
	{ DSMIP_STATE_REGISTERED, "registered", "The home agent has acknowledged the care-of address in use." },
	{ DSMIP_STATE_REFRESHING, "refreshing", "Registered, and a Binding Update is out for a longer life or a new care-of address." },
	{ DSMIP_STATE_AT_HOME, "at-home", "On the home link, deregistered." },
	{ DSMIP_STATE_DEREGISTERING, "deregistering", "A Binding Update of lifetime zero is out." },
	{ DSMIP_STATE_REFUSED, "refused", "The home agent said no in a way that asking again does not mend." },
	{ DSMIP_STATE_UNPROTECTED, "unprotected", "No ESP security association for the signalling; waits for one." },
};

static const struct spec_enum state_enum = {
	.values = state_values,
	.count = ARRAY_SIZE(state_values),
};

static const struct spec_value event_values[] = {
	{ DSMIP_EVENT_CREATED, "created", "It is there now; of a registration, the home agent has accepted a first binding too." },
	{ DSMIP_EVENT_MOVED, "moved", "Another care-of address is bound; coa-before tells the one before." },
	{ DSMIP_EVENT_REFRESHED, "refreshed", "The binding was accepted again where it is." },
	{ DSMIP_EVENT_EXPIRED, "expired", "The binding has ended by itself." },
	{ DSMIP_EVENT_DELETED, "deleted", "It has ended, by a message or a command." },
	{ DSMIP_EVENT_REVOKED, "revoked", "The binding has ended by a command; the mobile does not know." },
	{ DSMIP_EVENT_REFUSED, "refused", "A Binding Update was refused; status says how." },
	{ DSMIP_EVENT_SA_WANTED, "sa-wanted", "A message could not go for want of an SA; told once until the state changes again." },
	{ DSMIP_EVENT_HOA4_WANTED, "hoa4-wanted", "hoa4-wanted" },
	{ DSMIP_EVENT_CHANGED, "changed", "Anything else that is shown is different now, as state, status or care-of address." },
};

static const struct spec_enum event_enum = {
	.values = event_values,
	.count = ARRAY_SIZE(event_values),
};

static const struct spec_value binding_flags_values[] = {
	{ DSMIP_BINDING_FLAGS_ACK, "ack", "ack" },
	{ DSMIP_BINDING_FLAGS_HOME, "home", "home" },
	{ DSMIP_BINDING_FLAGS_LINK_LOCAL, "link-local", "link-local" },
	{ DSMIP_BINDING_FLAGS_KEY_MANAGEMENT, "key-management", "key-management" },
	{ DSMIP_BINDING_FLAGS_MOBILE_ROUTER, "mobile-router", "mobile-router" },
	{ DSMIP_BINDING_FLAGS_FORCE_UDP, "force-udp", "force-udp" },
	{ DSMIP_BINDING_FLAGS_MULTIPLE, "multiple", "multiple" },
};

static const struct spec_enum binding_flags_enum = {
	.values = binding_flags_values,
	.count = ARRAY_SIZE(binding_flags_values),
};

static const struct spec_value drop_values[] = {
	{ DSMIP_DROP_MH_TRUNCATED, "mh-truncated", "fewer octets than a Mobility Header has, or Header Len beyond the packet [MH-07]" },
	{ DSMIP_DROP_MH_CHECKSUM, "mh-checksum", "bad Mobility Header checksum [MH-01]" },
	{ DSMIP_DROP_MH_PAYLOAD_PROTO, "mh-payload-proto", "Payload Proto is not 59 [MH-05]" },
	{ DSMIP_DROP_MH_SHORT, "mh-short", "Header Len below the least of its type [MH-06]" },
	{ DSMIP_DROP_MH_UNKNOWN_TYPE, "mh-unknown-type", "unknown Mobility Header type [MH-04]" },
	{ DSMIP_DROP_MH_UNEXPECTED, "mh-unexpected", "a message this role has no use for" },
	{ DSMIP_DROP_MH_POSITION, "mh-position", "Mobility Header behind an extension header it must not follow [MH-14]" },
	{ DSMIP_DROP_OPT_TRUNCATED, "opt-truncated", "option runs beyond the message [MH-09]" },
	{ DSMIP_DROP_OPT_LENGTH, "opt-length", "known option of a wrong length [MH-09]" },
	{ DSMIP_DROP_OPT_REPEATED, "opt-repeated", "an option twice that may stand once" },
	{ DSMIP_DROP_OPT_AUTH_PLACE, "opt-auth-place", "authorization data not last, or padded [MH-13]" },
	{ DSMIP_DROP_BU_UNPROTECTED, "bu-unprotected", "no ESP on a home registration [IP-01]" },
	{ DSMIP_DROP_BU_WRONG_SA, "bu-wrong-sa", "ESP, but not this mobile's SA [HR-07]" },
	{ DSMIP_DROP_BU_HOA_INVALID, "bu-hoa-invalid", "home address not unicast routable [MH-15]" },
	{ DSMIP_DROP_BU_COA_INVALID, "bu-coa-invalid", "care-of address not unicast routable [MH-15]" },
	{ DSMIP_DROP_BU_COA_FORBIDDEN, "bu-coa-forbidden", "care-of address is a home address or the home agent [TU-11]" },
	{ DSMIP_DROP_BU_NOT_HOME, "bu-not-home", "registration with a correspondent, not supported here" },
	{ DSMIP_DROP_BU_NONCE, "bu-nonce", "home registration with Nonce Indices [HR-04]" },
	{ DSMIP_DROP_BU_NO_HAO, "bu-no-hao", "registration without a Home Address option [HR-06]" },
	{ DSMIP_DROP_BU_OPTIONS, "bu-options", "options that exclude one another" },
	{ DSMIP_DROP_BU_SEQUENCE, "bu-sequence", "old sequence number, answered with 135 [HR-01]" },
	{ DSMIP_DROP_BU_TYPE_CHANGE, "bu-type-change", "home registration flag changed, answered with 139 [HR-03]" },
	{ DSMIP_DROP_BU_NOT_SERVED, "bu-not-served", "home address is not one of ours, answered with 132 [HR-05]" },
	{ DSMIP_DROP_BU_NOT_AUTHORISED, "bu-not-authorised", "no such mobile, answered with 129 [HR-05]" },
	{ DSMIP_DROP_BU_NO_BINDING, "bu-no-binding", "deregistration without a binding, answered with 133 [DR-02]" },
	{ DSMIP_DROP_BU_DUPLICATE, "bu-duplicate", "home address in use on the home link, answered with 134 [HR-08]" },
	{ DSMIP_DROP_BU_RESOURCES, "bu-resources", "no room, answered with 130" },
	{ DSMIP_DROP_BU_PREFIX, "bu-prefix", "mobile network prefix refused, answered with 140 to 143" },
	{ DSMIP_DROP_BU_MULTIPLE, "bu-multiple", "several care-of addresses not permitted, answered with 166" },
	{ DSMIP_DROP_BU_PENDING, "bu-pending", "an earlier Binding Update of this mobile still waits for DAD" },
	{ DSMIP_DROP_BU_ROLE, "bu-role", "Binding Update for a node that is no home agent, answered with 131 [HR-05]" },
	{ DSMIP_DROP_BA_UNPROTECTED, "ba-unprotected", "no ESP on an acknowledgment [MR-12]" },
	{ DSMIP_DROP_BA_WRONG_SA, "ba-wrong-sa", "ESP, but not this registration's SA [MR-12]" },
	{ DSMIP_DROP_BA_UNKNOWN, "ba-unknown", "acknowledgment for no registration" },
	{ DSMIP_DROP_BA_SEQUENCE, "ba-sequence", "sequence number of no outstanding Binding Update [MR-12]" },
	{ DSMIP_DROP_BA_FORM, "ba-form", "acknowledgment without its type 2 routing header, or from another address" },
	{ DSMIP_DROP_BE_UNKNOWN, "be-unknown", "Binding Error from an unknown node [MR-24]" },
	{ DSMIP_DROP_HAO_ADDRESS, "hao-address", "home address in the option not unicast routable [HO-01]" },
	{ DSMIP_DROP_HAO_NO_BINDING, "hao-no-binding", "Home Address option without a matching binding [HO-02]" },
	{ DSMIP_DROP_HAO_FORM, "hao-form", "Home Address option twice, in company or truncated [HO-07]" },
	{ DSMIP_DROP_HAO_FRAGMENT, "hao-fragment", "Home Address option in front of a fragment header" },
	{ DSMIP_DROP_RH2_FORM, "rh2-form", "type 2 routing header of a wrong length or count [RH-01]" },
	{ DSMIP_DROP_RH2_NOT_OURS, "rh2-not-ours", "type 2 routing header with another's home address [RH-01]" },
	{ DSMIP_DROP_RH2_NOT_MOBILE, "rh2-not-mobile", "type 2 routing header at a node that is no mobile node [RH-02]" },
	{ DSMIP_DROP_RH2_SCOPE, "rh2-scope", "home address of smaller scope than the care-of address [RH-03]" },
	{ DSMIP_DROP_RH2_PEER, "rh2-peer", "type 2 routing header from another than the home agent" },
	{ DSMIP_DROP_ARRIVAL_FORGED, "arrival-forged", "the private arrival option from outside" },
	{ DSMIP_DROP_ARRIVAL_COOKIE, "arrival-cookie", "the private arrival option with a wrong cookie" },
	{ DSMIP_DROP_RX_TRUNCATED, "rx-truncated", "inner packet too short" },
	{ DSMIP_DROP_RX_UDP_PAYLOAD, "rx-udp-payload", "neither IPv6 nor IPv4 in UDP [DS-13]" },
	{ DSMIP_DROP_RX_NO_MOBILE, "rx-no-mobile", "inner source is no home address; left to the host's other tunnels [ND-10]" },
	{ DSMIP_DROP_RX_NO_BINDING, "rx-no-binding", "inner source has no binding [ND-08]" },
	{ DSMIP_DROP_RX_OUTER_SOURCE, "rx-outer-source", "outer source is not the care-of address [ND-08]" },
	{ DSMIP_DROP_RX_NOT_HOME_AGENT, "rx-not-home-agent", "outer source is not the home agent [MR-21]" },
	{ DSMIP_DROP_RX_NOT_HOME_ADDRESS, "rx-not-home-address", "inner destination is not a home address" },
	{ DSMIP_DROP_RX_CLEAR, "rx-clear", "Mobility Header inside the tunnel" },
	{ DSMIP_DROP_RX_POLICY, "rx-policy", "an XFRM policy asks for protection that the packet did not have [ND-09]" },
	{ DSMIP_DROP_RX_ECN, "rx-ecn", "congestion mark on a flow that does not know it [TU-10]" },
	{ DSMIP_DROP_RX_BACKLOG, "rx-backlog", "receive queue full" },
	{ DSMIP_DROP_TX_TRUNCATED, "tx-truncated", "packet too short" },
	{ DSMIP_DROP_TX_PROTOCOL, "tx-protocol", "neither IPv6 nor IPv4" },
	{ DSMIP_DROP_TX_NO_MOBILE, "tx-no-mobile", "destination is no home address" },
	{ DSMIP_DROP_TX_NO_BINDING, "tx-no-binding", "destination has no binding" },
	{ DSMIP_DROP_TX_NOT_HOME_ADDRESS, "tx-not-home-address", "source is not a home address of this mobile node" },
	{ DSMIP_DROP_TX_LINK_LOCAL, "tx-link-local", "link-local destination is not tunnelled [ND-05]" },
	{ DSMIP_DROP_TX_MULTICAST, "tx-multicast", "multicast destination is not tunnelled [ND-06]" },
	{ DSMIP_DROP_TX_NO_ROUTE, "tx-no-route", "no route to the care-of address or the home agent" },
	{ DSMIP_DROP_TX_LOOP, "tx-loop", "the outer packet would enter the tunnel again [TU-11]" },
	{ DSMIP_DROP_TX_TOO_BIG, "tx-too-big", "larger than the tunnel MTU, answered with ICMP [TU-05]" },
	{ DSMIP_DROP_TX_ENCAP_LIMIT, "tx-encap-limit", "tunnel encapsulation limit reached [TU-02]" },
	{ DSMIP_DROP_TX_MEMORY, "tx-memory", "no memory for headers" },
	{ DSMIP_DROP_DEVICE_DOWN, "device-down", "for a device that is not up" },
	{ DSMIP_DROP_HA_SPOOFED, "ha-spoofed", "a packet from outside with the home agent's own source address" },
	{ DSMIP_DROP_SIG_NO_SA, "sig-no-sa", "message not sent: no ESP security association" },
	{ DSMIP_DROP_SIG_NO_ROUTE, "sig-no-route", "message not sent: no route" },
	{ DSMIP_DROP_SIG_MEMORY, "sig-memory", "message not sent: no memory" },
	{ DSMIP_DROP_SIG_RATE, "sig-rate", "message held back by the rate limit [MR-11] [MH-16]" },
	{ DSMIP_DROP_ND_FORM, "nd-form", "malformed neighbour solicitation for a home address" },
};

static const struct spec_enum drop_enum = {
	.values = drop_values,
	.count = ARRAY_SIZE(drop_values),
};

static const struct spec_attr device_attrs[] = {
	{
		.id = DSMIP_A_DEVICE_IFINDEX,
		.name = "ifindex",
		.word = "ifindex",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "interface index; either this or name says which device",
	},
	{
		.id = DSMIP_A_DEVICE_NAME,
		.name = "name",
		.word = "name",
		.alias = "dev",
		.form = SPEC_TEXT,
		.size = 15,
		.doc = "interface name",
	},
	{
		.id = DSMIP_A_DEVICE_ROLE,
		.name = "role",
		.word = "role",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &role_enum,
		.doc = "what the device is; cannot be changed",
	},
	{
		.id = DSMIP_A_DEVICE_ADDR,
		.name = "addr",
		.word = "addr",
		.form = SPEC_IPV6,
		.size = 16,
		.doc = "home agent's own IPv6 address, which mobiles register with",
	},
	{
		.id = DSMIP_A_DEVICE_AUTH,
		.name = "auth",
		.word = "auth",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &auth_enum,
		.doc = "protection asked of signalling; esp by default",
	},
	{
		.id = DSMIP_A_DEVICE_HOME_LINK,
		.name = "home-link",
		.word = "home-link",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "interface of the home link for DAD and proxy neighbour discovery; 0 for point-to-point prefixes as in 3GPP [ND-12]",
	},
	{
		.id = DSMIP_A_DEVICE_HOME_PREFIX,
		.name = "home-prefix",
		.word = "home-prefix",
		.form = SPEC_IPV6,
		.size = 16,
		.plen = DSMIP_A_DEVICE_HOME_PLEN,
		.combined = true,
		.doc = "prefix that all home addresses are in; others are answered with 132",
	},
	{
		.id = DSMIP_A_DEVICE_HOME_PLEN,
		.name = "home-plen",
		.word = "home-plen",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 128u,
		.doc = "length of home-prefix",
	},
	{
		.id = DSMIP_A_DEVICE_PREFIX_VALID,
		.name = "prefix-valid",
		.word = "prefix-valid",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "seconds that the home prefix stays valid, counted from now; 4294967295 for ever [HR-09]",
	},
	{
		.id = DSMIP_A_DEVICE_PREFIX_PREFERRED,
		.name = "prefix-preferred",
		.word = "prefix-preferred",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "seconds that the home prefix stays preferred, counted from now; 4294967295 for ever [HR-11]",
	},
	{
		.id = DSMIP_A_DEVICE_LIFETIME_MAX,
		.name = "lifetime-max",
		.word = "lifetime-max",
		.form = SPEC_NUMBER,
		.size = 4,
		.min = 4,
		.max = 262140u,
		.doc = "longest life granted to a binding, in seconds",
	},
	{
		.id = DSMIP_A_DEVICE_REFRESH,
		.name = "refresh",
		.word = "refresh",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 262140u,
		.doc = "refresh interval advised to mobiles, in seconds; 0 for none [HR-14]",
	},
	{
		.id = DSMIP_A_DEVICE_GRACE,
		.name = "grace",
		.word = "grace",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 10000u,
		.doc = "milliseconds during which packets from the previous care-of address are still accepted after a move; 0 is RFC 6275 10.4.5 to the letter",
	},
	{
		.id = DSMIP_A_DEVICE_HOP_LIMIT,
		.name = "hop-limit",
		.word = "hop-limit",
		.form = SPEC_NUMBER,
		.size = 1,
		.min = 1,
		.max = 255u,
		.doc = "outer hop limit [TU-01]",
	},
	{
		.id = DSMIP_A_DEVICE_ENCAP_LIMIT,
		.name = "encap-limit",
		.word = "encap-limit",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 255u,
		.doc = "tunnel encapsulation limit put on outer packets; 255 for none [TU-02]",
	},
	{
		.id = DSMIP_A_DEVICE_TCLASS_COPY,
		.name = "tclass-copy",
		.word = "tclass-copy",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "copy the inner traffic class to the outer packet; ECN is always carried [TU-03]",
	},
	{
		.id = DSMIP_A_DEVICE_MAX_MOBILES,
		.name = "max-mobiles",
		.word = "max-mobiles",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "most mobiles that the device takes",
	},
	{
		.id = DSMIP_A_DEVICE_MOBILES,
		.name = "mobiles",
		.word = "mobiles",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "mobiles known (read only)",
	},
	{
		.id = DSMIP_A_DEVICE_BINDINGS,
		.name = "bindings",
		.word = "bindings",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "bindings alive (read only)",
	},
	{
		.id = DSMIP_A_DEVICE_EVENT,
		.name = "event",
		.word = "event",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 9u,
		.choice = &event_enum,
		.doc = "in notifications: what happened",
	},
	{
		.id = DSMIP_A_DEVICE_ADDR4,
		.name = "addr4",
		.word = "addr4",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "home agent's own IPv4 address, which mobiles in IPv4 send to; 0.0.0.0 for none. Behind a NAT with a static mapping it is the one inside [DS-32]",
	},
	{
		.id = DSMIP_A_DEVICE_UDP_PORT,
		.name = "udp-port",
		.word = "udp-port",
		.form = SPEC_NUMBER,
		.size = 2,
		.max = 65535u,
		.doc = "UDP port that home agents listen on, here or elsewhere; 4191 by default, 0 for no UDP and so no IPv4",
	},
	{
		.id = DSMIP_A_DEVICE_UDP,
		.name = "udp",
		.word = "udp",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 2u,
		.choice = &udp_enum,
		.doc = "when data from IPv4 goes in UDP; auto by default. Home agent only",
	},
	{
		.id = DSMIP_A_DEVICE_KEEPALIVE,
		.name = "keepalive",
		.word = "keepalive",
		.form = SPEC_NUMBER,
		.size = 4,
		.min = 1,
		.max = 4294967295u,
		.doc = "seconds after which a NAT wants to hear a mobile again: what a home agent tells [DS-10], and what a mobile node takes that is told nothing; 110 by default, 4294967295 for never",
	},
	{
		.id = DSMIP_A_DEVICE_NAT_ALWAYS,
		.name = "nat-always",
		.word = "nat-always",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "a NAT Detection option in every answer in UDP, without a NAT too [DS-08]; no by default. Home agent only",
	},
};

static const struct spec_verb device_verbs[] = {
	{
		.word = "show",
		.doc = "one device, or all",
		.cmd = DSMIP_CMD_DEVICE_GET,
		.takes = SPEC_BIT(DSMIP_A_DEVICE_IFINDEX) |
			SPEC_BIT(DSMIP_A_DEVICE_NAME),
		.dumps = true,
		.filters = 0,
	},
	{
		.word = "add",
		.doc = "create a device",
		.cmd = DSMIP_CMD_DEVICE_NEW,
		.takes = SPEC_BIT(DSMIP_A_DEVICE_NAME) |
			SPEC_BIT(DSMIP_A_DEVICE_ROLE) |
			SPEC_BIT(DSMIP_A_DEVICE_ADDR) |
			SPEC_BIT(DSMIP_A_DEVICE_AUTH) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_LINK) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_PREFIX) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_PLEN) |
			SPEC_BIT(DSMIP_A_DEVICE_PREFIX_VALID) |
			SPEC_BIT(DSMIP_A_DEVICE_PREFIX_PREFERRED) |
			SPEC_BIT(DSMIP_A_DEVICE_LIFETIME_MAX) |
			SPEC_BIT(DSMIP_A_DEVICE_REFRESH) |
			SPEC_BIT(DSMIP_A_DEVICE_GRACE) |
			SPEC_BIT(DSMIP_A_DEVICE_HOP_LIMIT) |
			SPEC_BIT(DSMIP_A_DEVICE_ENCAP_LIMIT) |
			SPEC_BIT(DSMIP_A_DEVICE_TCLASS_COPY) |
			SPEC_BIT(DSMIP_A_DEVICE_MAX_MOBILES) |
			SPEC_BIT(DSMIP_A_DEVICE_ADDR4) |
			SPEC_BIT(DSMIP_A_DEVICE_UDP_PORT) |
			SPEC_BIT(DSMIP_A_DEVICE_UDP) |
			SPEC_BIT(DSMIP_A_DEVICE_KEEPALIVE) |
			SPEC_BIT(DSMIP_A_DEVICE_NAT_ALWAYS),
	},
	{
		.word = "set",
		.doc = "change a device",
		.cmd = DSMIP_CMD_DEVICE_SET,
		.takes = SPEC_BIT(DSMIP_A_DEVICE_IFINDEX) |
			SPEC_BIT(DSMIP_A_DEVICE_NAME) |
			SPEC_BIT(DSMIP_A_DEVICE_ADDR) |
			SPEC_BIT(DSMIP_A_DEVICE_AUTH) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_LINK) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_PREFIX) |
			SPEC_BIT(DSMIP_A_DEVICE_HOME_PLEN) |
			SPEC_BIT(DSMIP_A_DEVICE_PREFIX_VALID) |
			SPEC_BIT(DSMIP_A_DEVICE_PREFIX_PREFERRED) |
			SPEC_BIT(DSMIP_A_DEVICE_LIFETIME_MAX) |
			SPEC_BIT(DSMIP_A_DEVICE_REFRESH) |
			SPEC_BIT(DSMIP_A_DEVICE_GRACE) |
			SPEC_BIT(DSMIP_A_DEVICE_HOP_LIMIT) |
			SPEC_BIT(DSMIP_A_DEVICE_ENCAP_LIMIT) |
			SPEC_BIT(DSMIP_A_DEVICE_TCLASS_COPY) |
			SPEC_BIT(DSMIP_A_DEVICE_MAX_MOBILES) |
			SPEC_BIT(DSMIP_A_DEVICE_ADDR4) |
			SPEC_BIT(DSMIP_A_DEVICE_UDP_PORT) |
			SPEC_BIT(DSMIP_A_DEVICE_UDP) |
			SPEC_BIT(DSMIP_A_DEVICE_KEEPALIVE) |
			SPEC_BIT(DSMIP_A_DEVICE_NAT_ALWAYS),
	},
	{
		.word = "del",
		.doc = "delete a device and all that is in it",
		.cmd = DSMIP_CMD_DEVICE_DEL,
		.takes = SPEC_BIT(DSMIP_A_DEVICE_IFINDEX) |
			SPEC_BIT(DSMIP_A_DEVICE_NAME),
	},
};

static const struct spec_attr mobile_attrs[] = {
	{
		.id = DSMIP_A_MOBILE_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "home agent device",
	},
	{
		.id = DSMIP_A_MOBILE_HOA,
		.name = "hoa",
		.word = "hoa",
		.form = SPEC_IPV6,
		.size = 16,
		.plen = DSMIP_A_MOBILE_PLEN,
		.combined = true,
		.doc = "IPv6 home address, or home network prefix",
	},
	{
		.id = DSMIP_A_MOBILE_PLEN,
		.name = "plen",
		.word = "plen",
		.form = SPEC_NUMBER,
		.size = 1,
		.min = 1,
		.max = 128u,
		.doc = "prefix length of hoa; 128 by default",
	},
	{
		.id = DSMIP_A_MOBILE_HOA4,
		.name = "hoa4",
		.word = "hoa4",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "IPv4 home address",
	},
	{
		.id = DSMIP_A_MOBILE_POOL,
		.name = "pool",
		.word = "pool",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "may have an IPv4 home address from the device's pool [DS-22]",
	},
	{
		.id = DSMIP_A_MOBILE_ID,
		.name = "id",
		.word = "id",
		.form = SPEC_TEXT,
		.size = 253,
		.doc = "identity, a network access identifier",
	},
	{
		.id = DSMIP_A_MOBILE_REQID,
		.name = "reqid",
		.word = "reqid",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "XFRM reqid that the SA of the mobile's signalling must have; 0 for any",
	},
	{
		.id = DSMIP_A_MOBILE_SPI,
		.name = "spi",
		.word = "spi",
		.form = SPEC_HEX,
		.size = 4,
		.max = 4294967295u,
		.doc = "SPI that the SA of the mobile's Binding Updates must have; 0 for any. The SPI before stays good beside it, for what is under way: until another is set, the same again, or 0",
	},
	{
		.id = DSMIP_A_MOBILE_LIFETIME_MAX,
		.name = "lifetime-max",
		.word = "lifetime-max",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 262140u,
		.doc = "longest life granted, in seconds; 0 for the device's",
	},
	{
		.id = DSMIP_A_MOBILE_EVENT,
		.name = "event",
		.word = "event",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 9u,
		.choice = &event_enum,
		.doc = "in notifications: what happened",
	},
	{
		.id = DSMIP_A_MOBILE_ACCOUNT,
		.name = "account",
		.word = "account",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "count what goes through the tunnel from and to the mobile; no by default. Counters begin at 0 when it becomes yes, and go on from binding to binding",
	},
	{
		.id = DSMIP_A_MOBILE_KEY_MANAGEMENT,
		.name = "key-management",
		.word = "key-management",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "the home agent's end of the key exchange moves along with the mobile: the K flag is answered where a mobile sets it [HR-12]; no by default, and with manual keys",
	},
	{
		.id = DSMIP_A_MOBILE_SPI_BEFORE,
		.name = "spi-before",
		.word = "spi-before",
		.form = SPEC_HEX,
		.size = 4,
		.max = 4294967295u,
		.doc = "the SPI before spi, which is good too (read only)",
	},
	{
		.id = DSMIP_A_MOBILE_IN_PACKETS,
		.name = "in-packets",
		.word = "in-packets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "inner packets from the mobile, segment by segment, while account is yes (read only)",
	},
	{
		.id = DSMIP_A_MOBILE_IN_OCTETS,
		.name = "in-octets",
		.word = "in-octets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "octets of these, with their IP headers (read only)",
	},
	{
		.id = DSMIP_A_MOBILE_OUT_PACKETS,
		.name = "out-packets",
		.word = "out-packets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "inner packets to the mobile, segment by segment, while account is yes (read only)",
	},
	{
		.id = DSMIP_A_MOBILE_OUT_OCTETS,
		.name = "out-octets",
		.word = "out-octets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "octets of these, with their IP headers (read only)",
	},
};

static const struct spec_verb mobile_verbs[] = {
	{
		.word = "show",
		.doc = "one mobile, or all of a device",
		.cmd = DSMIP_CMD_MOBILE_GET,
		.takes = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA) |
			SPEC_BIT(DSMIP_A_MOBILE_PLEN),
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX),
	},
	{
		.word = "add",
		.doc = "authorise a mobile",
		.cmd = DSMIP_CMD_MOBILE_NEW,
		.takes = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA) |
			SPEC_BIT(DSMIP_A_MOBILE_PLEN) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA4) |
			SPEC_BIT(DSMIP_A_MOBILE_POOL) |
			SPEC_BIT(DSMIP_A_MOBILE_ID) |
			SPEC_BIT(DSMIP_A_MOBILE_REQID) |
			SPEC_BIT(DSMIP_A_MOBILE_SPI) |
			SPEC_BIT(DSMIP_A_MOBILE_LIFETIME_MAX) |
			SPEC_BIT(DSMIP_A_MOBILE_ACCOUNT) |
			SPEC_BIT(DSMIP_A_MOBILE_KEY_MANAGEMENT),
	},
	{
		.word = "set",
		.doc = "change of a mobile what is given, and nothing else",
		.cmd = DSMIP_CMD_MOBILE_SET,
		.takes = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA) |
			SPEC_BIT(DSMIP_A_MOBILE_PLEN) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA4) |
			SPEC_BIT(DSMIP_A_MOBILE_POOL) |
			SPEC_BIT(DSMIP_A_MOBILE_ID) |
			SPEC_BIT(DSMIP_A_MOBILE_REQID) |
			SPEC_BIT(DSMIP_A_MOBILE_SPI) |
			SPEC_BIT(DSMIP_A_MOBILE_LIFETIME_MAX) |
			SPEC_BIT(DSMIP_A_MOBILE_ACCOUNT) |
			SPEC_BIT(DSMIP_A_MOBILE_KEY_MANAGEMENT),
	},
	{
		.word = "del",
		.doc = "forget a mobile and its binding",
		.cmd = DSMIP_CMD_MOBILE_DEL,
		.takes = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX) |
			SPEC_BIT(DSMIP_A_MOBILE_HOA) |
			SPEC_BIT(DSMIP_A_MOBILE_PLEN),
	},
	{
		.word = "flush",
		.doc = "forget all mobiles of a device",
		.cmd = DSMIP_CMD_MOBILE_FLUSH,
		.takes = SPEC_BIT(DSMIP_A_MOBILE_IFINDEX),
	},
};

static const struct spec_attr binding_attrs[] = {
	{
		.id = DSMIP_A_BINDING_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "home agent device",
	},
	{
		.id = DSMIP_A_BINDING_HOA,
		.name = "hoa",
		.word = "hoa",
		.form = SPEC_IPV6,
		.size = 16,
		.plen = DSMIP_A_BINDING_PLEN,
		.doc = "IPv6 home address as registered",
	},
	{
		.id = DSMIP_A_BINDING_PLEN,
		.name = "plen",
		.word = "plen",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 255u,
		.doc = "prefix length that is routed to the mobile",
	},
	{
		.id = DSMIP_A_BINDING_HOA4,
		.name = "hoa4",
		.word = "hoa4",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "IPv4 home address, when one is bound",
	},
	{
		.id = DSMIP_A_BINDING_COA,
		.name = "coa",
		.word = "coa",
		.form = SPEC_CARE_OF,
		.size = 16,
		.doc = "care-of address; IPv4 ones are v4-mapped",
	},
	{
		.id = DSMIP_A_BINDING_OUTER,
		.name = "outer",
		.word = "outer",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 3u,
		.choice = &outer_enum,
		.doc = "outer format",
	},
	{
		.id = DSMIP_A_BINDING_PORT,
		.name = "port",
		.word = "port",
		.form = SPEC_NUMBER,
		.size = 2,
		.max = 65535u,
		.doc = "UDP port of the care-of address, 0 without UDP",
	},
	{
		.id = DSMIP_A_BINDING_SEQ,
		.name = "seq",
		.word = "seq",
		.form = SPEC_NUMBER,
		.size = 2,
		.max = 65535u,
		.doc = "sequence number of the last Binding Update accepted",
	},
	{
		.id = DSMIP_A_BINDING_LIFETIME,
		.name = "lifetime",
		.word = "lifetime",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "life granted, in seconds",
	},
	{
		.id = DSMIP_A_BINDING_REMAINING,
		.name = "remaining",
		.word = "remaining",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "life left, in seconds",
	},
	{
		.id = DSMIP_A_BINDING_FLAGS,
		.name = "flags",
		.word = "flags",
		.form = SPEC_FLAGS,
		.size = 2,
		.max = 127u,
		.choice = &binding_flags_enum,
		.doc = "flags granted",
	},
	{
		.id = DSMIP_A_BINDING_ID,
		.name = "id",
		.word = "id",
		.form = SPEC_TEXT,
		.size = 0,
		.doc = "identity of the mobile",
	},
	{
		.id = DSMIP_A_BINDING_EVENT,
		.name = "event",
		.word = "event",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 9u,
		.choice = &event_enum,
		.doc = "in notifications: what happened",
	},
	{
		.id = DSMIP_A_BINDING_STATUS,
		.name = "status",
		.word = "status",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 255u,
		.doc = "in notifications of a refusal: status that the mobile was given",
	},
	{
		.id = DSMIP_A_BINDING_REASON,
		.name = "reason",
		.word = "reason",
		.form = SPEC_ENUM,
		.size = 4,
		.min = 1,
		.max = 78u,
		.choice = &drop_enum,
		.doc = "in notifications of a refusal: why",
	},
	{
		.id = DSMIP_A_BINDING_COA_BEFORE,
		.name = "coa-before",
		.word = "coa-before",
		.form = SPEC_CARE_OF,
		.size = 16,
		.doc = "in notifications of a move: care-of address before it",
	},
	{
		.id = DSMIP_A_BINDING_IN_PACKETS,
		.name = "in-packets",
		.word = "in-packets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "inner packets from the mobile, in this binding and those before, if the mobile has account (read only)",
	},
	{
		.id = DSMIP_A_BINDING_IN_OCTETS,
		.name = "in-octets",
		.word = "in-octets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "octets of these (read only)",
	},
	{
		.id = DSMIP_A_BINDING_OUT_PACKETS,
		.name = "out-packets",
		.word = "out-packets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "inner packets to the mobile, in this binding and those before, if the mobile has account (read only)",
	},
	{
		.id = DSMIP_A_BINDING_OUT_OCTETS,
		.name = "out-octets",
		.word = "out-octets",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "octets of these (read only)",
	},
	{
		.id = DSMIP_A_BINDING_NAT,
		.name = "nat",
		.word = "nat",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "there is a NAT between the mobile and here [DS-06]",
	},
};

static const struct spec_verb binding_verbs[] = {
	{
		.word = "show",
		.doc = "one binding, or all of a device",
		.cmd = DSMIP_CMD_BINDING_GET,
		.takes = SPEC_BIT(DSMIP_A_BINDING_IFINDEX) |
			SPEC_BIT(DSMIP_A_BINDING_HOA),
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_BINDING_IFINDEX),
	},
	{
		.word = "del",
		.doc = "delete a binding; the mobile stays authorised",
		.cmd = DSMIP_CMD_BINDING_DEL,
		.takes = SPEC_BIT(DSMIP_A_BINDING_IFINDEX) |
			SPEC_BIT(DSMIP_A_BINDING_HOA),
	},
	{
		.word = "flush",
		.doc = "delete all bindings of a device",
		.cmd = DSMIP_CMD_BINDING_FLUSH,
		.takes = SPEC_BIT(DSMIP_A_BINDING_IFINDEX),
	},
};

static const struct spec_attr registration_attrs[] = {
	{
		.id = DSMIP_A_REGISTRATION_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "mobile node device",
	},
	{
		.id = DSMIP_A_REGISTRATION_HOA,
		.name = "hoa",
		.word = "hoa",
		.form = SPEC_IPV6,
		.size = 16,
		.plen = DSMIP_A_REGISTRATION_PLEN,
		.doc = "IPv6 home address",
	},
	{
		.id = DSMIP_A_REGISTRATION_PLEN,
		.name = "plen",
		.word = "plen",
		.form = SPEC_NUMBER,
		.size = 1,
		.min = 1,
		.max = 128u,
		.doc = "length of the home network prefix around hoa, for home link detection and the prefix route [3G-24]; 64 by default",
	},
	{
		.id = DSMIP_A_REGISTRATION_HA,
		.name = "ha",
		.word = "ha",
		.form = SPEC_IPV6,
		.size = 16,
		.doc = "home agent's address",
	},
	{
		.id = DSMIP_A_REGISTRATION_HOA4,
		.name = "hoa4",
		.word = "hoa4",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "IPv4 home address; 0.0.0.0 asks for any [DS-22]",
	},
	{
		.id = DSMIP_A_REGISTRATION_HOA4_STATUS,
		.name = "hoa4-status",
		.word = "hoa4-status",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 255u,
		.doc = "status of the last IPv4 address acknowledgment (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_COA,
		.name = "coa",
		.word = "coa",
		.form = SPEC_CARE_OF,
		.size = 16,
		.doc = "care-of address: in set, move to it; :: gives the choice back to the access list",
	},
	{
		.id = DSMIP_A_REGISTRATION_COA_AUTO,
		.name = "coa-auto",
		.word = "coa-auto",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "care-of address is chosen from the access list",
	},
	{
		.id = DSMIP_A_REGISTRATION_STATE,
		.name = "state",
		.word = "state",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 7u,
		.choice = &state_enum,
		.doc = "state (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_STATUS,
		.name = "status",
		.word = "status",
		.form = SPEC_NUMBER,
		.size = 1,
		.max = 255u,
		.doc = "status of the last Binding Acknowledgment (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_SEQ,
		.name = "seq",
		.word = "seq",
		.form = SPEC_NUMBER,
		.size = 2,
		.max = 65535u,
		.doc = "sequence number of the last Binding Update sent (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_LIFETIME,
		.name = "lifetime",
		.word = "lifetime",
		.form = SPEC_NUMBER,
		.size = 4,
		.min = 4,
		.max = 262140u,
		.doc = "life asked for, in seconds",
	},
	{
		.id = DSMIP_A_REGISTRATION_GRANTED,
		.name = "granted",
		.word = "granted",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "life granted, in seconds (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_REMAINING,
		.name = "remaining",
		.word = "remaining",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "life left, in seconds (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_TRIES,
		.name = "tries",
		.word = "tries",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "Binding Updates sent since the last acknowledgment (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_REQID,
		.name = "reqid",
		.word = "reqid",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "XFRM reqid that the SA of the signalling must have; 0 for any. To set it, or spi, even as it is, says that SAs came: what waits for them goes at once",
	},
	{
		.id = DSMIP_A_REGISTRATION_SPI,
		.name = "spi",
		.word = "spi",
		.form = SPEC_HEX,
		.size = 4,
		.max = 4294967295u,
		.doc = "SPI that the SA of the acknowledgments must have; 0 for any. The SPI before stays good beside it, for what is under way: until another is set, the same again, or 0",
	},
	{
		.id = DSMIP_A_REGISTRATION_LINK_LOCAL,
		.name = "link-local",
		.word = "link-local",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "set the L flag [MR-04]",
	},
	{
		.id = DSMIP_A_REGISTRATION_KEY_MANAGEMENT,
		.name = "key-management",
		.word = "key-management",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "set the K flag [MR-05]: for SAs of a key exchange whose end here moves along; never set with auth open",
	},
	{
		.id = DSMIP_A_REGISTRATION_MOBILE_ROUTER,
		.name = "mobile-router",
		.word = "mobile-router",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "set the R flag: the whole home network prefix [3G-30]",
	},
	{
		.id = DSMIP_A_REGISTRATION_ID,
		.name = "id",
		.word = "id",
		.form = SPEC_TEXT,
		.size = 253,
		.doc = "identity, put into Binding Updates when given [ID-01]",
	},
	{
		.id = DSMIP_A_REGISTRATION_EVENT,
		.name = "event",
		.word = "event",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 9u,
		.choice = &event_enum,
		.doc = "in notifications: what happened",
	},
	{
		.id = DSMIP_A_REGISTRATION_SPI_BEFORE,
		.name = "spi-before",
		.word = "spi-before",
		.form = SPEC_HEX,
		.size = 4,
		.max = 4294967295u,
		.doc = "the SPI before spi, which is good too (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_COA_BEFORE,
		.name = "coa-before",
		.word = "coa-before",
		.form = SPEC_CARE_OF,
		.size = 16,
		.doc = "in notifications of a move: care-of address that was bound before",
	},
	{
		.id = DSMIP_A_REGISTRATION_KEY_MANAGEMENT_GRANTED,
		.name = "key-management-granted",
		.word = "key-management-granted",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "the home agent's end of the key exchange moves along: the K flag of the last acknowledgment that accepted [MR-19] (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_HA4,
		.name = "ha4",
		.word = "ha4",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "home agent's IPv4 address as it is seen from here; without it IPv4 accesses are of no use",
	},
	{
		.id = DSMIP_A_REGISTRATION_FORCE_UDP,
		.name = "force-udp",
		.word = "force-udp",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "set the F flag: data in UDP without a NAT too, and in IPv6 the messages as well [DS-19]; a home agent that refuses it is asked without",
	},
	{
		.id = DSMIP_A_REGISTRATION_OUTER,
		.name = "outer",
		.word = "outer",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 3u,
		.choice = &outer_enum,
		.doc = "outer format of data (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_NAT,
		.name = "nat",
		.word = "nat",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "there is a NAT between here and the home agent (read only)",
	},
	{
		.id = DSMIP_A_REGISTRATION_KEEPALIVE,
		.name = "keepalive",
		.word = "keepalive",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "seconds after which the NAT is kept awake by a Binding Update, 0 for never (read only)",
	},
};

static const struct spec_verb registration_verbs[] = {
	{
		.word = "show",
		.doc = "one registration, or all of a device",
		.cmd = DSMIP_CMD_REGISTRATION_GET,
		.takes = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA),
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX),
	},
	{
		.word = "add",
		.doc = "start to register a home address",
		.cmd = DSMIP_CMD_REGISTRATION_NEW,
		.takes = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA) |
			SPEC_BIT(DSMIP_A_REGISTRATION_PLEN) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HA) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA4) |
			SPEC_BIT(DSMIP_A_REGISTRATION_COA) |
			SPEC_BIT(DSMIP_A_REGISTRATION_LIFETIME) |
			SPEC_BIT(DSMIP_A_REGISTRATION_REQID) |
			SPEC_BIT(DSMIP_A_REGISTRATION_SPI) |
			SPEC_BIT(DSMIP_A_REGISTRATION_LINK_LOCAL) |
			SPEC_BIT(DSMIP_A_REGISTRATION_KEY_MANAGEMENT) |
			SPEC_BIT(DSMIP_A_REGISTRATION_MOBILE_ROUTER) |
			SPEC_BIT(DSMIP_A_REGISTRATION_ID) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HA4) |
			SPEC_BIT(DSMIP_A_REGISTRATION_FORCE_UDP),
	},
	{
		.word = "set",
		.doc = "change or move a registration",
		.cmd = DSMIP_CMD_REGISTRATION_SET,
		.takes = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA) |
			SPEC_BIT(DSMIP_A_REGISTRATION_COA) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA4) |
			SPEC_BIT(DSMIP_A_REGISTRATION_LIFETIME) |
			SPEC_BIT(DSMIP_A_REGISTRATION_REQID) |
			SPEC_BIT(DSMIP_A_REGISTRATION_SPI) |
			SPEC_BIT(DSMIP_A_REGISTRATION_FORCE_UDP),
	},
	{
		.word = "del",
		.doc = "deregister and forget",
		.cmd = DSMIP_CMD_REGISTRATION_DEL,
		.takes = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX) |
			SPEC_BIT(DSMIP_A_REGISTRATION_HOA),
	},
	{
		.word = "flush",
		.doc = "deregister and forget all of a device",
		.cmd = DSMIP_CMD_REGISTRATION_FLUSH,
		.takes = SPEC_BIT(DSMIP_A_REGISTRATION_IFINDEX),
	},
};

static const struct spec_attr access_attrs[] = {
	{
		.id = DSMIP_A_ACCESS_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "mobile node device",
	},
	{
		.id = DSMIP_A_ACCESS_LINK,
		.name = "link",
		.word = "link",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "access interface whose addresses may be care-of addresses",
	},
	{
		.id = DSMIP_A_ACCESS_PREFERENCE,
		.name = "preference",
		.word = "preference",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "the lowest usable wins",
	},
	{
		.id = DSMIP_A_ACCESS_COA,
		.name = "coa",
		.word = "coa",
		.form = SPEC_CARE_OF,
		.size = 16,
		.doc = "care-of address that it offers now (read only)",
	},
	{
		.id = DSMIP_A_ACCESS_USABLE,
		.name = "usable",
		.word = "usable",
		.form = SPEC_ENUM,
		.size = 1,
		.max = 1u,
		.choice = &answer_enum,
		.doc = "link is up with an address and a route to the home agent (read only)",
	},
};

static const struct spec_verb access_verbs[] = {
	{
		.word = "show",
		.doc = "one access, or all of a device",
		.cmd = DSMIP_CMD_ACCESS_GET,
		.takes = SPEC_BIT(DSMIP_A_ACCESS_IFINDEX) |
			SPEC_BIT(DSMIP_A_ACCESS_LINK),
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_ACCESS_IFINDEX),
	},
	{
		.word = "add",
		.doc = "let care-of addresses come from an interface",
		.cmd = DSMIP_CMD_ACCESS_NEW,
		.takes = SPEC_BIT(DSMIP_A_ACCESS_IFINDEX) |
			SPEC_BIT(DSMIP_A_ACCESS_LINK) |
			SPEC_BIT(DSMIP_A_ACCESS_PREFERENCE),
	},
	{
		.word = "set",
		.doc = "change the preference of an access",
		.cmd = DSMIP_CMD_ACCESS_SET,
		.takes = SPEC_BIT(DSMIP_A_ACCESS_IFINDEX) |
			SPEC_BIT(DSMIP_A_ACCESS_LINK) |
			SPEC_BIT(DSMIP_A_ACCESS_PREFERENCE),
	},
	{
		.word = "del",
		.doc = "no longer use an interface",
		.cmd = DSMIP_CMD_ACCESS_DEL,
		.takes = SPEC_BIT(DSMIP_A_ACCESS_IFINDEX) |
			SPEC_BIT(DSMIP_A_ACCESS_LINK),
	},
};

static const struct spec_attr pool_attrs[] = {
	{
		.id = DSMIP_A_POOL_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "home agent device",
	},
	{
		.id = DSMIP_A_POOL_FIRST,
		.name = "first",
		.word = "first",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "first IPv4 home address",
	},
	{
		.id = DSMIP_A_POOL_LAST,
		.name = "last",
		.word = "last",
		.form = SPEC_IPV4,
		.size = 4,
		.doc = "last IPv4 home address",
	},
	{
		.id = DSMIP_A_POOL_USED,
		.name = "used",
		.word = "used",
		.form = SPEC_NUMBER,
		.size = 4,
		.max = 4294967295u,
		.doc = "addresses given out (read only)",
	},
};

static const struct spec_verb pool_verbs[] = {
	{
		.word = "show",
		.doc = "pool of a device",
		.cmd = DSMIP_CMD_POOL_GET,
		.takes = SPEC_BIT(DSMIP_A_POOL_IFINDEX),
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_POOL_IFINDEX),
	},
	{
		.word = "add",
		.doc = "give a device its pool of IPv4 home addresses",
		.cmd = DSMIP_CMD_POOL_NEW,
		.takes = SPEC_BIT(DSMIP_A_POOL_IFINDEX) |
			SPEC_BIT(DSMIP_A_POOL_FIRST) |
			SPEC_BIT(DSMIP_A_POOL_LAST),
	},
	{
		.word = "del",
		.doc = "take the pool away; addresses in use stay until their bindings end",
		.cmd = DSMIP_CMD_POOL_DEL,
		.takes = SPEC_BIT(DSMIP_A_POOL_IFINDEX),
	},
};

static const struct spec_attr stats_attrs[] = {
	{
		.id = DSMIP_A_STATS_IFINDEX,
		.name = "ifindex",
		.word = "dev",
		.form = SPEC_INTERFACE,
		.size = 4,
		.max = 4294967295u,
		.doc = "device; 0 for what belongs to none",
	},
	{
		.id = DSMIP_A_STATS_NAME,
		.name = "name",
		.word = "name",
		.form = SPEC_TEXT,
		.size = 0,
		.doc = "name of the counter",
	},
	{
		.id = DSMIP_A_STATS_VALUE,
		.name = "value",
		.word = "value",
		.form = SPEC_NUMBER,
		.size = 8,
		.max = 18446744073709551615ull,
		.doc = "its value",
	},
};

static const struct spec_verb stats_verbs[] = {
	{
		.word = "show",
		.doc = "counters of a device, or of all",
		.cmd = DSMIP_CMD_STATS_GET,
		.dumps = true,
		.filters = SPEC_BIT(DSMIP_A_STATS_IFINDEX),
	},
};

const struct spec_object spec_objects[] = {
	{
		.word = "device",
		.doc = "A network device of kind dsmip: a home agent or a mobile node.",
		.attrs = device_attrs,
		.attr_count = ARRAY_SIZE(device_attrs),
		.verbs = device_verbs,
		.verb_count = ARRAY_SIZE(device_verbs),
		.notification = DSMIP_CMD_DEVICE_NTF,
	},
	{
		.word = "mobile",
		.doc = "A mobile that a home agent serves, with the addresses and the SA that are its own.",
		.attrs = mobile_attrs,
		.attr_count = ARRAY_SIZE(mobile_attrs),
		.verbs = mobile_verbs,
		.verb_count = ARRAY_SIZE(mobile_verbs),
		.notification = DSMIP_CMD_MOBILE_NTF,
	},
	{
		.word = "binding",
		.doc = "Where a mobile is: an entry of the home agent's binding cache.",
		.attrs = binding_attrs,
		.attr_count = ARRAY_SIZE(binding_attrs),
		.verbs = binding_verbs,
		.verb_count = ARRAY_SIZE(binding_verbs),
		.notification = DSMIP_CMD_BINDING_NTF,
	},
	{
		.word = "registration",
		.doc = "A home address that a mobile node registers: an entry of its binding update list.",
		.attrs = registration_attrs,
		.attr_count = ARRAY_SIZE(registration_attrs),
		.verbs = registration_verbs,
		.verb_count = ARRAY_SIZE(registration_verbs),
		.notification = DSMIP_CMD_REGISTRATION_NTF,
	},
	{
		.word = "access",
		.doc = "An interface of a mobile node that care-of addresses may come from.",
		.attrs = access_attrs,
		.attr_count = ARRAY_SIZE(access_attrs),
		.verbs = access_verbs,
		.verb_count = ARRAY_SIZE(access_verbs),
	},
	{
		.word = "pool",
		.doc = "IPv4 home addresses that a home agent gives out.",
		.attrs = pool_attrs,
		.attr_count = ARRAY_SIZE(pool_attrs),
		.verbs = pool_verbs,
		.verb_count = ARRAY_SIZE(pool_verbs),
	},
	{
		.word = "stats",
		.doc = "Counters, one for each reason of a refusal.",
		.attrs = stats_attrs,
		.attr_count = ARRAY_SIZE(stats_attrs),
		.verbs = stats_verbs,
		.verb_count = ARRAY_SIZE(stats_verbs),
	},
};

const size_t spec_object_count = ARRAY_SIZE(spec_objects);
