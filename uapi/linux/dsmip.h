/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit. */

#ifndef _UAPI_LINUX_DSMIP_H
#define _UAPI_LINUX_DSMIP_H

#define DSMIP_FAMILY_NAME	"dsmip"
#define DSMIP_FAMILY_VERSION	1

/**
 * enum dsmip_answer - A switch.
 * @DSMIP_ANSWER_NO: no
 * @DSMIP_ANSWER_YES: yes
 */
enum dsmip_answer {
	DSMIP_ANSWER_NO,
	DSMIP_ANSWER_YES,

	/* private: */
	__DSMIP_ANSWER_MAX,
	DSMIP_ANSWER_MAX = (__DSMIP_ANSWER_MAX - 1)
};

/**
 * enum dsmip_role - What a device is. RFC 6275 section 8.
 * @DSMIP_ROLE_HOME_AGENT: Serves mobiles, the PDN GW of S2c.
 * @DSMIP_ROLE_MOBILE_NODE: Registers with home agents, the UE of S2c.
 */
enum dsmip_role {
	DSMIP_ROLE_HOME_AGENT,
	DSMIP_ROLE_MOBILE_NODE,

	/* private: */
	__DSMIP_ROLE_MAX,
	DSMIP_ROLE_MAX = (__DSMIP_ROLE_MAX - 1)
};

/**
 * enum dsmip_auth - What a home registration must be protected by.
 * @DSMIP_AUTH_ESP: ESP in transport mode under the mobile's own SA, RFC
 *	4877 section 4.
 * @DSMIP_AUTH_OPEN: Nothing. For laboratories; must be asked for by name.
 */
enum dsmip_auth {
	DSMIP_AUTH_ESP,
	DSMIP_AUTH_OPEN,

	/* private: */
	__DSMIP_AUTH_MAX,
	DSMIP_AUTH_MAX = (__DSMIP_AUTH_MAX - 1)
};

/**
 * enum dsmip_outer - The outer format of a care-of address, RFC 5555
 *	section 4.1.
 * @DSMIP_OUTER_IP6: IPv6 or IPv4 in IPv6.
 * @DSMIP_OUTER_IP4: IPv6 or IPv4 in IPv4.
 * @DSMIP_OUTER_UDP4: IPv6 or IPv4 in UDP over IPv4.
 * @DSMIP_OUTER_UDP6: IPv6 or IPv4 in UDP over IPv6.
 */
enum dsmip_outer {
	DSMIP_OUTER_IP6,
	DSMIP_OUTER_IP4,
	DSMIP_OUTER_UDP4,
	DSMIP_OUTER_UDP6,

	/* private: */
	__DSMIP_OUTER_MAX,
	DSMIP_OUTER_MAX = (__DSMIP_OUTER_MAX - 1)
};

/**
 * enum dsmip_udp - When a home agent and a mobile in IPv4 put data into
 *	UDP, RFC 5555 section 4.1.
 * @DSMIP_UDP_AUTO: Behind a NAT, and where the mobile asks for it.
 * @DSMIP_UDP_ALWAYS: Always; the mobile is told so by option 31 with F.
 * @DSMIP_UDP_NAT_ONLY: Behind a NAT; a mobile that asks for it elsewhere is
 *	refused with 144.
 */
enum dsmip_udp {
	DSMIP_UDP_AUTO,
	DSMIP_UDP_ALWAYS,
	DSMIP_UDP_NAT_ONLY,

	/* private: */
	__DSMIP_UDP_MAX,
	DSMIP_UDP_MAX = (__DSMIP_UDP_MAX - 1)
};

/**
 * enum dsmip_state - Where the state machine of a registration stands, RFC
 *	6275 section 11.7.
 * @DSMIP_STATE_IDLE: No care-of address, or not started.
 * @DSMIP_STATE_REGISTERING: A first Binding Update is out, no binding at
 *	the home agent yet.
 * @DSMIP_STATE_REGISTERED: The home agent has acknowledged the care-of
 *	address in use.
 * @DSMIP_STATE_REFRESHING: Registered, and a Binding Update is out for a
 *	longer life or a new care-of address.
 * @DSMIP_STATE_AT_HOME: On the home link, deregistered.
 * @DSMIP_STATE_DEREGISTERING: A Binding Update of lifetime zero is out.
 * @DSMIP_STATE_REFUSED: The home agent said no in a way that asking again
 *	does not mend.
 * @DSMIP_STATE_UNPROTECTED: No ESP security association for the signalling;
 *	waits for one.
 */
enum dsmip_state {
	DSMIP_STATE_IDLE,
	DSMIP_STATE_REGISTERING,
	DSMIP_STATE_REGISTERED,
	DSMIP_STATE_REFRESHING,
	DSMIP_STATE_AT_HOME,
	DSMIP_STATE_DEREGISTERING,
	DSMIP_STATE_REFUSED,
	DSMIP_STATE_UNPROTECTED,

	/* private: */
	__DSMIP_STATE_MAX,
	DSMIP_STATE_MAX = (__DSMIP_STATE_MAX - 1)
};

/**
 * enum dsmip_event - Why a notification was sent.
 * @DSMIP_EVENT_CREATED: It is there now; of a registration, the home agent
 *	has accepted a first binding too.
 * @DSMIP_EVENT_MOVED: Another care-of address is bound; coa-before tells
 *	the one before.
 * @DSMIP_EVENT_REFRESHED: The binding was accepted again where it is.
 * @DSMIP_EVENT_EXPIRED: The binding has ended by itself.
 * @DSMIP_EVENT_DELETED: It has ended, by a message or a command.
 * @DSMIP_EVENT_REVOKED: The binding has ended by a command; the mobile does
 *	not know.
 * @DSMIP_EVENT_REFUSED: A Binding Update was refused; status says how.
 * @DSMIP_EVENT_SA_WANTED: A message could not go for want of an SA; told
 *	once until the state changes again.
 * @DSMIP_EVENT_HOA4_WANTED: hoa4-wanted
 * @DSMIP_EVENT_CHANGED: Anything else that is shown is different now, as
 *	state, status or care-of address.
 */
enum dsmip_event {
	DSMIP_EVENT_CREATED,
	DSMIP_EVENT_MOVED,
	DSMIP_EVENT_REFRESHED,
	DSMIP_EVENT_EXPIRED,
	DSMIP_EVENT_DELETED,
	DSMIP_EVENT_REVOKED,
	DSMIP_EVENT_REFUSED,
	DSMIP_EVENT_SA_WANTED,
	DSMIP_EVENT_HOA4_WANTED,
	DSMIP_EVENT_CHANGED,

	/* private: */
	__DSMIP_EVENT_MAX,
	DSMIP_EVENT_MAX = (__DSMIP_EVENT_MAX - 1)
};

/**
 * enum dsmip_binding_flags - Flags of a Binding Update as the home agent
 *	granted them.
 * @DSMIP_BINDING_FLAGS_ACK: ack
 * @DSMIP_BINDING_FLAGS_HOME: home
 * @DSMIP_BINDING_FLAGS_LINK_LOCAL: link-local
 * @DSMIP_BINDING_FLAGS_KEY_MANAGEMENT: key-management
 * @DSMIP_BINDING_FLAGS_MOBILE_ROUTER: mobile-router
 * @DSMIP_BINDING_FLAGS_FORCE_UDP: force-udp
 * @DSMIP_BINDING_FLAGS_MULTIPLE: multiple
 */
enum dsmip_binding_flags {
	DSMIP_BINDING_FLAGS_ACK = 1 << 0,
	DSMIP_BINDING_FLAGS_HOME = 1 << 1,
	DSMIP_BINDING_FLAGS_LINK_LOCAL = 1 << 2,
	DSMIP_BINDING_FLAGS_KEY_MANAGEMENT = 1 << 3,
	DSMIP_BINDING_FLAGS_MOBILE_ROUTER = 1 << 4,
	DSMIP_BINDING_FLAGS_FORCE_UDP = 1 << 5,
	DSMIP_BINDING_FLAGS_MULTIPLE = 1 << 6,

	/* private: */
	DSMIP_BINDING_FLAGS_MASK = 0x7f,
};

/**
 * enum dsmip_drop - Every reason for which a packet or a message is
 *	refused. One counter each, per device; what belongs to no device is
 *	counted per namespace.
 * @DSMIP_DROP_MH_TRUNCATED: fewer octets than a Mobility Header has, or
 *	Header Len beyond the packet [MH-07]
 * @DSMIP_DROP_MH_CHECKSUM: bad Mobility Header checksum [MH-01]
 * @DSMIP_DROP_MH_PAYLOAD_PROTO: Payload Proto is not 59 [MH-05]
 * @DSMIP_DROP_MH_SHORT: Header Len below the least of its type [MH-06]
 * @DSMIP_DROP_MH_UNKNOWN_TYPE: unknown Mobility Header type [MH-04]
 * @DSMIP_DROP_MH_UNEXPECTED: a message this role has no use for
 * @DSMIP_DROP_MH_POSITION: Mobility Header behind an extension header it
 *	must not follow [MH-14]
 * @DSMIP_DROP_OPT_TRUNCATED: option runs beyond the message [MH-09]
 * @DSMIP_DROP_OPT_LENGTH: known option of a wrong length [MH-09]
 * @DSMIP_DROP_OPT_REPEATED: an option twice that may stand once
 * @DSMIP_DROP_OPT_AUTH_PLACE: authorization data not last, or padded
 *	[MH-13]
 * @DSMIP_DROP_BU_UNPROTECTED: no ESP on a home registration [IP-01]
 * @DSMIP_DROP_BU_WRONG_SA: ESP, but not this mobile's SA [HR-07]
 * @DSMIP_DROP_BU_HOA_INVALID: home address not unicast routable [MH-15]
 * @DSMIP_DROP_BU_COA_INVALID: care-of address not unicast routable [MH-15]
 * @DSMIP_DROP_BU_COA_FORBIDDEN: care-of address is a home address or the
 *	home agent [TU-11]
 * @DSMIP_DROP_BU_NOT_HOME: registration with a correspondent, not supported
 *	here
 * @DSMIP_DROP_BU_NONCE: home registration with Nonce Indices [HR-04]
 * @DSMIP_DROP_BU_NO_HAO: registration without a Home Address option [HR-06]
 * @DSMIP_DROP_BU_OPTIONS: options that exclude one another
 * @DSMIP_DROP_BU_SEQUENCE: old sequence number, answered with 135 [HR-01]
 * @DSMIP_DROP_BU_TYPE_CHANGE: home registration flag changed, answered with
 *	139 [HR-03]
 * @DSMIP_DROP_BU_NOT_SERVED: home address is not one of ours, answered with
 *	132 [HR-05]
 * @DSMIP_DROP_BU_NOT_AUTHORISED: no such mobile, answered with 129 [HR-05]
 * @DSMIP_DROP_BU_NO_BINDING: deregistration without a binding, answered
 *	with 133 [DR-02]
 * @DSMIP_DROP_BU_DUPLICATE: home address in use on the home link, answered
 *	with 134 [HR-08]
 * @DSMIP_DROP_BU_RESOURCES: no room, answered with 130
 * @DSMIP_DROP_BU_PREFIX: mobile network prefix refused, answered with 140
 *	to 143
 * @DSMIP_DROP_BU_MULTIPLE: several care-of addresses not permitted,
 *	answered with 166
 * @DSMIP_DROP_BU_PENDING: an earlier Binding Update of this mobile still
 *	waits for DAD
 * @DSMIP_DROP_BU_ROLE: Binding Update for a node that is no home agent,
 *	answered with 131 [HR-05]
 * @DSMIP_DROP_BA_UNPROTECTED: no ESP on an acknowledgment [MR-12]
 * @DSMIP_DROP_BA_WRONG_SA: ESP, but not this registration's SA [MR-12]
 * @DSMIP_DROP_BA_UNKNOWN: acknowledgment for no registration
 * @DSMIP_DROP_BA_SEQUENCE: sequence number of no outstanding Binding Update
 *	[MR-12]
 * @DSMIP_DROP_BA_FORM: acknowledgment without its type 2 routing header, or
 *	from another address
 * @DSMIP_DROP_BE_UNKNOWN: Binding Error from an unknown node [MR-24]
 * @DSMIP_DROP_HAO_ADDRESS: home address in the option not unicast routable
 *	[HO-01]
 * @DSMIP_DROP_HAO_NO_BINDING: Home Address option without a matching
 *	binding [HO-02]
 * @DSMIP_DROP_HAO_FORM: Home Address option twice, in company or truncated
 *	[HO-07]
 * @DSMIP_DROP_HAO_FRAGMENT: Home Address option in front of a fragment
 *	header
 * @DSMIP_DROP_RH2_FORM: type 2 routing header of a wrong length or count
 *	[RH-01]
 * @DSMIP_DROP_RH2_NOT_OURS: type 2 routing header with another's home
 *	address [RH-01]
 * @DSMIP_DROP_RH2_NOT_MOBILE: type 2 routing header at a node that is no
 *	mobile node [RH-02]
 * @DSMIP_DROP_RH2_SCOPE: home address of smaller scope than the care-of
 *	address [RH-03]
 * @DSMIP_DROP_RH2_PEER: type 2 routing header from another than the home
 *	agent
 * @DSMIP_DROP_ARRIVAL_FORGED: the private arrival option from outside
 * @DSMIP_DROP_ARRIVAL_COOKIE: the private arrival option with a wrong
 *	cookie
 * @DSMIP_DROP_RX_TRUNCATED: inner packet too short
 * @DSMIP_DROP_RX_UDP_PAYLOAD: neither IPv6 nor IPv4 in UDP [DS-13]
 * @DSMIP_DROP_RX_NO_MOBILE: inner source is no home address; left to the
 *	host's other tunnels [ND-10]
 * @DSMIP_DROP_RX_NO_BINDING: inner source has no binding [ND-08]
 * @DSMIP_DROP_RX_OUTER_SOURCE: outer source is not the care-of address
 *	[ND-08]
 * @DSMIP_DROP_RX_NOT_HOME_AGENT: outer source is not the home agent [MR-21]
 * @DSMIP_DROP_RX_NOT_HOME_ADDRESS: inner destination is not a home address
 * @DSMIP_DROP_RX_CLEAR: Mobility Header inside the tunnel
 * @DSMIP_DROP_RX_POLICY: an XFRM policy asks for protection that the packet
 *	did not have [ND-09]
 * @DSMIP_DROP_RX_ECN: congestion mark on a flow that does not know it
 *	[TU-10]
 * @DSMIP_DROP_RX_BACKLOG: receive queue full
 * @DSMIP_DROP_TX_TRUNCATED: packet too short
 * @DSMIP_DROP_TX_PROTOCOL: neither IPv6 nor IPv4
 * @DSMIP_DROP_TX_NO_MOBILE: destination is no home address
 * @DSMIP_DROP_TX_NO_BINDING: destination has no binding
 * @DSMIP_DROP_TX_NOT_HOME_ADDRESS: source is not a home address of this
 *	mobile node
 * @DSMIP_DROP_TX_LINK_LOCAL: link-local destination is not tunnelled
 *	[ND-05]
 * @DSMIP_DROP_TX_MULTICAST: multicast destination is not tunnelled [ND-06]
 * @DSMIP_DROP_TX_NO_ROUTE: no route to the care-of address or the home
 *	agent
 * @DSMIP_DROP_TX_LOOP: the outer packet would enter the tunnel again
 *	[TU-11]
 * @DSMIP_DROP_TX_TOO_BIG: larger than the tunnel MTU, answered with ICMP
 *	[TU-05]
 * @DSMIP_DROP_TX_ENCAP_LIMIT: tunnel encapsulation limit reached [TU-02]
 * @DSMIP_DROP_TX_MEMORY: no memory for headers
 * @DSMIP_DROP_DEVICE_DOWN: for a device that is not up
 * @DSMIP_DROP_HA_SPOOFED: a packet from outside with the home agent's own
 *	source address
 * @DSMIP_DROP_SIG_NO_SA: message not sent: no ESP security association
 * @DSMIP_DROP_SIG_NO_ROUTE: message not sent: no route
 * @DSMIP_DROP_SIG_MEMORY: message not sent: no memory
 * @DSMIP_DROP_SIG_RATE: message held back by the rate limit [MR-11] [MH-16]
 * @DSMIP_DROP_ND_FORM: malformed neighbour solicitation for a home address
 */
enum dsmip_drop {
	DSMIP_DROP_MH_TRUNCATED = 1,
	DSMIP_DROP_MH_CHECKSUM,
	DSMIP_DROP_MH_PAYLOAD_PROTO,
	DSMIP_DROP_MH_SHORT,
	DSMIP_DROP_MH_UNKNOWN_TYPE,
	DSMIP_DROP_MH_UNEXPECTED,
	DSMIP_DROP_MH_POSITION,
	DSMIP_DROP_OPT_TRUNCATED,
	DSMIP_DROP_OPT_LENGTH,
	DSMIP_DROP_OPT_REPEATED,
	DSMIP_DROP_OPT_AUTH_PLACE,
	DSMIP_DROP_BU_UNPROTECTED,
	DSMIP_DROP_BU_WRONG_SA,
	DSMIP_DROP_BU_HOA_INVALID,
	DSMIP_DROP_BU_COA_INVALID,
	DSMIP_DROP_BU_COA_FORBIDDEN,
	DSMIP_DROP_BU_NOT_HOME,
	DSMIP_DROP_BU_NONCE,
	DSMIP_DROP_BU_NO_HAO,
	DSMIP_DROP_BU_OPTIONS,
	DSMIP_DROP_BU_SEQUENCE,
	DSMIP_DROP_BU_TYPE_CHANGE,
	DSMIP_DROP_BU_NOT_SERVED,
	DSMIP_DROP_BU_NOT_AUTHORISED,
	DSMIP_DROP_BU_NO_BINDING,
	DSMIP_DROP_BU_DUPLICATE,
	DSMIP_DROP_BU_RESOURCES,
	DSMIP_DROP_BU_PREFIX,
	DSMIP_DROP_BU_MULTIPLE,
	DSMIP_DROP_BU_PENDING,
	DSMIP_DROP_BU_ROLE,
	DSMIP_DROP_BA_UNPROTECTED,
	DSMIP_DROP_BA_WRONG_SA,
	DSMIP_DROP_BA_UNKNOWN,
	DSMIP_DROP_BA_SEQUENCE,
	DSMIP_DROP_BA_FORM,
	DSMIP_DROP_BE_UNKNOWN,
	DSMIP_DROP_HAO_ADDRESS,
	DSMIP_DROP_HAO_NO_BINDING,
	DSMIP_DROP_HAO_FORM,
	DSMIP_DROP_HAO_FRAGMENT,
	DSMIP_DROP_RH2_FORM,
	DSMIP_DROP_RH2_NOT_OURS,
	DSMIP_DROP_RH2_NOT_MOBILE,
	DSMIP_DROP_RH2_SCOPE,
	DSMIP_DROP_RH2_PEER,
	DSMIP_DROP_ARRIVAL_FORGED,
	DSMIP_DROP_ARRIVAL_COOKIE,
	DSMIP_DROP_RX_TRUNCATED,
	DSMIP_DROP_RX_UDP_PAYLOAD,
	DSMIP_DROP_RX_NO_MOBILE,
	DSMIP_DROP_RX_NO_BINDING,
	DSMIP_DROP_RX_OUTER_SOURCE,
	DSMIP_DROP_RX_NOT_HOME_AGENT,
	DSMIP_DROP_RX_NOT_HOME_ADDRESS,
	DSMIP_DROP_RX_CLEAR,
	DSMIP_DROP_RX_POLICY,
	DSMIP_DROP_RX_ECN,
	DSMIP_DROP_RX_BACKLOG,
	DSMIP_DROP_TX_TRUNCATED,
	DSMIP_DROP_TX_PROTOCOL,
	DSMIP_DROP_TX_NO_MOBILE,
	DSMIP_DROP_TX_NO_BINDING,
	DSMIP_DROP_TX_NOT_HOME_ADDRESS,
	DSMIP_DROP_TX_LINK_LOCAL,
	DSMIP_DROP_TX_MULTICAST,
	DSMIP_DROP_TX_NO_ROUTE,
	DSMIP_DROP_TX_LOOP,
	DSMIP_DROP_TX_TOO_BIG,
	DSMIP_DROP_TX_ENCAP_LIMIT,
	DSMIP_DROP_TX_MEMORY,
	DSMIP_DROP_DEVICE_DOWN,
	DSMIP_DROP_HA_SPOOFED,
	DSMIP_DROP_SIG_NO_SA,
	DSMIP_DROP_SIG_NO_ROUTE,
	DSMIP_DROP_SIG_MEMORY,
	DSMIP_DROP_SIG_RATE,
	DSMIP_DROP_ND_FORM,

	/* private: */
	__DSMIP_DROP_MAX,
	DSMIP_DROP_MAX = (__DSMIP_DROP_MAX - 1)
};

/**
 * enum dsmip_a_device - attributes: A network device of kind dsmip: a home
 *	agent or a mobile node.
 * @DSMIP_A_DEVICE_IFINDEX: interface index; either this or name says which
 *	device
 * @DSMIP_A_DEVICE_NAME: interface name
 * @DSMIP_A_DEVICE_ROLE: what the device is; cannot be changed
 * @DSMIP_A_DEVICE_ADDR: home agent's own IPv6 address, which mobiles
 *	register with
 * @DSMIP_A_DEVICE_AUTH: protection asked of signalling; esp by default
 * @DSMIP_A_DEVICE_HOME_LINK: interface of the home link for DAD and proxy
 *	neighbour discovery; 0 for point-to-point prefixes as in 3GPP [ND-12]
 * @DSMIP_A_DEVICE_HOME_PREFIX: prefix that all home addresses are in;
 *	others are answered with 132
 * @DSMIP_A_DEVICE_HOME_PLEN: length of home-prefix
 * @DSMIP_A_DEVICE_PREFIX_VALID: seconds that the home prefix stays valid,
 *	counted from now; 4294967295 for ever [HR-09]
 * @DSMIP_A_DEVICE_PREFIX_PREFERRED: seconds that the home prefix stays
 *	preferred, counted from now; 4294967295 for ever [HR-11]
 * @DSMIP_A_DEVICE_LIFETIME_MAX: longest life granted to a binding, in
 *	seconds
 * @DSMIP_A_DEVICE_REFRESH: refresh interval advised to mobiles, in seconds;
 *	0 for none [HR-14]
 * @DSMIP_A_DEVICE_GRACE: milliseconds during which packets from the
 *	previous care-of address are still accepted after a move; 0 is RFC 6275
 *	10.4.5 to the letter
 * @DSMIP_A_DEVICE_HOP_LIMIT: outer hop limit [TU-01]
 * @DSMIP_A_DEVICE_ENCAP_LIMIT: tunnel encapsulation limit put on outer
 *	packets; 255 for none [TU-02]
 * @DSMIP_A_DEVICE_TCLASS_COPY: copy the inner traffic class to the outer
 *	packet; ECN is always carried [TU-03]
 * @DSMIP_A_DEVICE_MAX_MOBILES: most mobiles that the device takes
 * @DSMIP_A_DEVICE_MOBILES: mobiles known (read only)
 * @DSMIP_A_DEVICE_BINDINGS: bindings alive (read only)
 * @DSMIP_A_DEVICE_EVENT: in notifications: what happened
 * @DSMIP_A_DEVICE_ADDR4: home agent's own IPv4 address, which mobiles in
 *	IPv4 send to; 0.0.0.0 for none. Behind a NAT with a static mapping it is
 *	the one inside [DS-32]
 * @DSMIP_A_DEVICE_UDP_PORT: UDP port that home agents listen on, here or
 *	elsewhere; 4191 by default, 0 for no UDP and so no IPv4
 * @DSMIP_A_DEVICE_UDP: when data from IPv4 goes in UDP; auto by default.
 *	Home agent only
 * @DSMIP_A_DEVICE_KEEPALIVE: seconds after which a NAT wants to hear a
 *	mobile again: what a home agent tells [DS-10], and what a mobile node
 *	takes that is told nothing; 110 by default, 4294967295 for never
 * @DSMIP_A_DEVICE_NAT_ALWAYS: a NAT Detection option in every answer in
 *	UDP, without a NAT too [DS-08]; no by default. Home agent only
 */
enum dsmip_a_device {
	DSMIP_A_DEVICE_IFINDEX = 1,
	DSMIP_A_DEVICE_NAME,
	DSMIP_A_DEVICE_ROLE,
	DSMIP_A_DEVICE_ADDR,
	DSMIP_A_DEVICE_AUTH,
	DSMIP_A_DEVICE_HOME_LINK,
	DSMIP_A_DEVICE_HOME_PREFIX,
	DSMIP_A_DEVICE_HOME_PLEN,
	DSMIP_A_DEVICE_PREFIX_VALID,
	DSMIP_A_DEVICE_PREFIX_PREFERRED,
	DSMIP_A_DEVICE_LIFETIME_MAX,
	DSMIP_A_DEVICE_REFRESH,
	DSMIP_A_DEVICE_GRACE,
	DSMIP_A_DEVICE_HOP_LIMIT,
	DSMIP_A_DEVICE_ENCAP_LIMIT,
	DSMIP_A_DEVICE_TCLASS_COPY,
	DSMIP_A_DEVICE_MAX_MOBILES,
	DSMIP_A_DEVICE_MOBILES,
	DSMIP_A_DEVICE_BINDINGS,
	DSMIP_A_DEVICE_EVENT,
	DSMIP_A_DEVICE_ADDR4,
	DSMIP_A_DEVICE_UDP_PORT,
	DSMIP_A_DEVICE_UDP,
	DSMIP_A_DEVICE_KEEPALIVE,
	DSMIP_A_DEVICE_NAT_ALWAYS,

	/* private: */
	__DSMIP_A_DEVICE_MAX,
	DSMIP_A_DEVICE_MAX = (__DSMIP_A_DEVICE_MAX - 1)
};

/**
 * enum dsmip_a_mobile - attributes: A mobile that a home agent serves, with
 *	the addresses and the SA that are its own.
 * @DSMIP_A_MOBILE_IFINDEX: home agent device
 * @DSMIP_A_MOBILE_HOA: IPv6 home address, or home network prefix
 * @DSMIP_A_MOBILE_PLEN: prefix length of hoa; 128 by default
 * @DSMIP_A_MOBILE_HOA4: IPv4 home address
 * @DSMIP_A_MOBILE_POOL: may have an IPv4 home address from the device's
 *	pool [DS-22]
 * @DSMIP_A_MOBILE_ID: identity, a network access identifier
 * @DSMIP_A_MOBILE_REQID: XFRM reqid that the SA of the mobile's signalling
 *	must have; 0 for any
 * @DSMIP_A_MOBILE_SPI: SPI that the SA of the mobile's Binding Updates must
 *	have; 0 for any. The SPI before stays good beside it, for what is under
 *	way: until another is set, the same again, or 0
 * @DSMIP_A_MOBILE_LIFETIME_MAX: longest life granted, in seconds; 0 for the
 *	device's
 * @DSMIP_A_MOBILE_EVENT: in notifications: what happened
 * @DSMIP_A_MOBILE_ACCOUNT: count what goes through the tunnel from and to
 *	the mobile; no by default. Counters begin at 0 when it becomes yes, and
 *	go on from binding to binding
 * @DSMIP_A_MOBILE_KEY_MANAGEMENT: the home agent's end of the key exchange
 *	moves along with the mobile: the K flag is answered where a mobile sets
 *	it [HR-12]; no by default, and with manual keys
 * @DSMIP_A_MOBILE_SPI_BEFORE: the SPI before spi, which is good too (read
 *	only)
 * @DSMIP_A_MOBILE_IN_PACKETS: inner packets from the mobile, segment by
 *	segment, while account is yes (read only)
 * @DSMIP_A_MOBILE_IN_OCTETS: octets of these, with their IP headers (read
 *	only)
 * @DSMIP_A_MOBILE_OUT_PACKETS: inner packets to the mobile, segment by
 *	segment, while account is yes (read only)
 * @DSMIP_A_MOBILE_OUT_OCTETS: octets of these, with their IP headers (read
 *	only)
 * @DSMIP_A_MOBILE_PAD: alignment
 */
enum dsmip_a_mobile {
	DSMIP_A_MOBILE_IFINDEX = 1,
	DSMIP_A_MOBILE_HOA,
	DSMIP_A_MOBILE_PLEN,
	DSMIP_A_MOBILE_HOA4,
	DSMIP_A_MOBILE_POOL,
	DSMIP_A_MOBILE_ID,
	DSMIP_A_MOBILE_REQID,
	DSMIP_A_MOBILE_SPI,
	DSMIP_A_MOBILE_LIFETIME_MAX,
	DSMIP_A_MOBILE_EVENT,
	DSMIP_A_MOBILE_ACCOUNT,
	DSMIP_A_MOBILE_KEY_MANAGEMENT,
	DSMIP_A_MOBILE_SPI_BEFORE,
	DSMIP_A_MOBILE_IN_PACKETS,
	DSMIP_A_MOBILE_IN_OCTETS,
	DSMIP_A_MOBILE_OUT_PACKETS,
	DSMIP_A_MOBILE_OUT_OCTETS,
	DSMIP_A_MOBILE_PAD,

	/* private: */
	__DSMIP_A_MOBILE_MAX,
	DSMIP_A_MOBILE_MAX = (__DSMIP_A_MOBILE_MAX - 1)
};

/**
 * enum dsmip_a_binding - attributes: Where a mobile is: an entry of the
 *	home agent's binding cache.
 * @DSMIP_A_BINDING_IFINDEX: home agent device
 * @DSMIP_A_BINDING_HOA: IPv6 home address as registered
 * @DSMIP_A_BINDING_PLEN: prefix length that is routed to the mobile
 * @DSMIP_A_BINDING_HOA4: IPv4 home address, when one is bound
 * @DSMIP_A_BINDING_COA: care-of address; IPv4 ones are v4-mapped
 * @DSMIP_A_BINDING_OUTER: outer format
 * @DSMIP_A_BINDING_PORT: UDP port of the care-of address, 0 without UDP
 * @DSMIP_A_BINDING_SEQ: sequence number of the last Binding Update accepted
 * @DSMIP_A_BINDING_LIFETIME: life granted, in seconds
 * @DSMIP_A_BINDING_REMAINING: life left, in seconds
 * @DSMIP_A_BINDING_FLAGS: flags granted
 * @DSMIP_A_BINDING_ID: identity of the mobile
 * @DSMIP_A_BINDING_EVENT: in notifications: what happened
 * @DSMIP_A_BINDING_STATUS: in notifications of a refusal: status that the
 *	mobile was given
 * @DSMIP_A_BINDING_REASON: in notifications of a refusal: why
 * @DSMIP_A_BINDING_COA_BEFORE: in notifications of a move: care-of address
 *	before it
 * @DSMIP_A_BINDING_IN_PACKETS: inner packets from the mobile, in this
 *	binding and those before, if the mobile has account (read only)
 * @DSMIP_A_BINDING_IN_OCTETS: octets of these (read only)
 * @DSMIP_A_BINDING_OUT_PACKETS: inner packets to the mobile, in this
 *	binding and those before, if the mobile has account (read only)
 * @DSMIP_A_BINDING_OUT_OCTETS: octets of these (read only)
 * @DSMIP_A_BINDING_PAD: alignment
 * @DSMIP_A_BINDING_NAT: there is a NAT between the mobile and here [DS-06]
 */
enum dsmip_a_binding {
	DSMIP_A_BINDING_IFINDEX = 1,
	DSMIP_A_BINDING_HOA,
	DSMIP_A_BINDING_PLEN,
	DSMIP_A_BINDING_HOA4,
	DSMIP_A_BINDING_COA,
	DSMIP_A_BINDING_OUTER,
	DSMIP_A_BINDING_PORT,
	DSMIP_A_BINDING_SEQ,
	DSMIP_A_BINDING_LIFETIME,
	DSMIP_A_BINDING_REMAINING,
	DSMIP_A_BINDING_FLAGS,
	DSMIP_A_BINDING_ID,
	DSMIP_A_BINDING_EVENT,
	DSMIP_A_BINDING_STATUS,
	DSMIP_A_BINDING_REASON,
	DSMIP_A_BINDING_COA_BEFORE,
	DSMIP_A_BINDING_IN_PACKETS,
	DSMIP_A_BINDING_IN_OCTETS,
	DSMIP_A_BINDING_OUT_PACKETS,
	DSMIP_A_BINDING_OUT_OCTETS,
	DSMIP_A_BINDING_PAD,
	DSMIP_A_BINDING_NAT,

	/* private: */
	__DSMIP_A_BINDING_MAX,
	DSMIP_A_BINDING_MAX = (__DSMIP_A_BINDING_MAX - 1)
};

/**
 * enum dsmip_a_registration - attributes: A home address that a mobile node
 *	registers: an entry of its binding update list.
 * @DSMIP_A_REGISTRATION_IFINDEX: mobile node device
 * @DSMIP_A_REGISTRATION_HOA: IPv6 home address
 * @DSMIP_A_REGISTRATION_PLEN: length of the home network prefix around hoa,
 *	for home link detection and the prefix route [3G-24]; 64 by default
 * @DSMIP_A_REGISTRATION_HA: home agent's address
 * @DSMIP_A_REGISTRATION_HOA4: IPv4 home address; 0.0.0.0 asks for any
 *	[DS-22]
 * @DSMIP_A_REGISTRATION_HOA4_STATUS: status of the last IPv4 address
 *	acknowledgment (read only)
 * @DSMIP_A_REGISTRATION_COA: care-of address: in set, move to it; :: gives
 *	the choice back to the access list
 * @DSMIP_A_REGISTRATION_COA_AUTO: care-of address is chosen from the access
 *	list
 * @DSMIP_A_REGISTRATION_STATE: state (read only)
 * @DSMIP_A_REGISTRATION_STATUS: status of the last Binding Acknowledgment
 *	(read only)
 * @DSMIP_A_REGISTRATION_SEQ: sequence number of the last Binding Update
 *	sent (read only)
 * @DSMIP_A_REGISTRATION_LIFETIME: life asked for, in seconds
 * @DSMIP_A_REGISTRATION_GRANTED: life granted, in seconds (read only)
 * @DSMIP_A_REGISTRATION_REMAINING: life left, in seconds (read only)
 * @DSMIP_A_REGISTRATION_TRIES: Binding Updates sent since the last
 *	acknowledgment (read only)
 * @DSMIP_A_REGISTRATION_REQID: XFRM reqid that the SA of the signalling
 *	must have; 0 for any. To set it, or spi, even as it is, says that SAs
 *	came: what waits for them goes at once
 * @DSMIP_A_REGISTRATION_SPI: SPI that the SA of the acknowledgments must
 *	have; 0 for any. The SPI before stays good beside it, for what is under
 *	way: until another is set, the same again, or 0
 * @DSMIP_A_REGISTRATION_LINK_LOCAL: set the L flag [MR-04]
 * @DSMIP_A_REGISTRATION_KEY_MANAGEMENT: set the K flag [MR-05]: for SAs of
 *	a key exchange whose end here moves along; never set with auth open
 * @DSMIP_A_REGISTRATION_MOBILE_ROUTER: set the R flag: the whole home
 *	network prefix [3G-30]
 * @DSMIP_A_REGISTRATION_ID: identity, put into Binding Updates when given
 *	[ID-01]
 * @DSMIP_A_REGISTRATION_EVENT: in notifications: what happened
 * @DSMIP_A_REGISTRATION_SPI_BEFORE: the SPI before spi, which is good too
 *	(read only)
 * @DSMIP_A_REGISTRATION_COA_BEFORE: in notifications of a move: care-of
 *	address that was bound before
 * @DSMIP_A_REGISTRATION_KEY_MANAGEMENT_GRANTED: the home agent's end of the
 *	key exchange moves along: the K flag of the last acknowledgment that
 *	accepted [MR-19] (read only)
 * @DSMIP_A_REGISTRATION_HA4: home agent's IPv4 address as it is seen from
 *	here; without it IPv4 accesses are of no use
 * @DSMIP_A_REGISTRATION_FORCE_UDP: set the F flag: data in UDP without a
 *	NAT too, and in IPv6 the messages as well [DS-19]; a home agent that
 *	refuses it is asked without
 * @DSMIP_A_REGISTRATION_OUTER: outer format of data (read only)
 * @DSMIP_A_REGISTRATION_NAT: there is a NAT between here and the home agent
 *	(read only)
 * @DSMIP_A_REGISTRATION_KEEPALIVE: seconds after which the NAT is kept
 *	awake by a Binding Update, 0 for never (read only)
 */
enum dsmip_a_registration {
	DSMIP_A_REGISTRATION_IFINDEX = 1,
	DSMIP_A_REGISTRATION_HOA,
	DSMIP_A_REGISTRATION_PLEN,
	DSMIP_A_REGISTRATION_HA,
	DSMIP_A_REGISTRATION_HOA4,
	DSMIP_A_REGISTRATION_HOA4_STATUS,
	DSMIP_A_REGISTRATION_COA,
	DSMIP_A_REGISTRATION_COA_AUTO,
	DSMIP_A_REGISTRATION_STATE,
	DSMIP_A_REGISTRATION_STATUS,
	DSMIP_A_REGISTRATION_SEQ,
	DSMIP_A_REGISTRATION_LIFETIME,
	DSMIP_A_REGISTRATION_GRANTED,
	DSMIP_A_REGISTRATION_REMAINING,
	DSMIP_A_REGISTRATION_TRIES,
	DSMIP_A_REGISTRATION_REQID,
	DSMIP_A_REGISTRATION_SPI,
	DSMIP_A_REGISTRATION_LINK_LOCAL,
	DSMIP_A_REGISTRATION_KEY_MANAGEMENT,
	DSMIP_A_REGISTRATION_MOBILE_ROUTER,
	DSMIP_A_REGISTRATION_ID,
	DSMIP_A_REGISTRATION_EVENT,
	DSMIP_A_REGISTRATION_SPI_BEFORE,
	DSMIP_A_REGISTRATION_COA_BEFORE,
	DSMIP_A_REGISTRATION_KEY_MANAGEMENT_GRANTED,
	DSMIP_A_REGISTRATION_HA4,
	DSMIP_A_REGISTRATION_FORCE_UDP,
	DSMIP_A_REGISTRATION_OUTER,
	DSMIP_A_REGISTRATION_NAT,
	DSMIP_A_REGISTRATION_KEEPALIVE,

	/* private: */
	__DSMIP_A_REGISTRATION_MAX,
	DSMIP_A_REGISTRATION_MAX = (__DSMIP_A_REGISTRATION_MAX - 1)
};

/**
 * enum dsmip_a_access - attributes: An interface of a mobile node that
 *	care-of addresses may come from.
 * @DSMIP_A_ACCESS_IFINDEX: mobile node device
 * @DSMIP_A_ACCESS_LINK: access interface whose addresses may be care-of
 *	addresses
 * @DSMIP_A_ACCESS_PREFERENCE: the lowest usable wins
 * @DSMIP_A_ACCESS_COA: care-of address that it offers now (read only)
 * @DSMIP_A_ACCESS_USABLE: link is up with an address and a route to the
 *	home agent (read only)
 */
enum dsmip_a_access {
	DSMIP_A_ACCESS_IFINDEX = 1,
	DSMIP_A_ACCESS_LINK,
	DSMIP_A_ACCESS_PREFERENCE,
	DSMIP_A_ACCESS_COA,
	DSMIP_A_ACCESS_USABLE,

	/* private: */
	__DSMIP_A_ACCESS_MAX,
	DSMIP_A_ACCESS_MAX = (__DSMIP_A_ACCESS_MAX - 1)
};

/**
 * enum dsmip_a_pool - attributes: IPv4 home addresses that a home agent
 *	gives out.
 * @DSMIP_A_POOL_IFINDEX: home agent device
 * @DSMIP_A_POOL_FIRST: first IPv4 home address
 * @DSMIP_A_POOL_LAST: last IPv4 home address
 * @DSMIP_A_POOL_USED: addresses given out (read only)
 */
enum dsmip_a_pool {
	DSMIP_A_POOL_IFINDEX = 1,
	DSMIP_A_POOL_FIRST,
	DSMIP_A_POOL_LAST,
	DSMIP_A_POOL_USED,

	/* private: */
	__DSMIP_A_POOL_MAX,
	DSMIP_A_POOL_MAX = (__DSMIP_A_POOL_MAX - 1)
};

/**
 * enum dsmip_a_stats - attributes: Counters, one for each reason of a
 *	refusal.
 * @DSMIP_A_STATS_IFINDEX: device; 0 for what belongs to none
 * @DSMIP_A_STATS_NAME: name of the counter
 * @DSMIP_A_STATS_VALUE: its value
 * @DSMIP_A_STATS_PAD: alignment
 */
enum dsmip_a_stats {
	DSMIP_A_STATS_IFINDEX = 1,
	DSMIP_A_STATS_NAME,
	DSMIP_A_STATS_VALUE,
	DSMIP_A_STATS_PAD,

	/* private: */
	__DSMIP_A_STATS_MAX,
	DSMIP_A_STATS_MAX = (__DSMIP_A_STATS_MAX - 1)
};

/**
 * enum dsmip_cmd - commands and notifications
 * @DSMIP_CMD_DEVICE_GET: one device, or all
 * @DSMIP_CMD_DEVICE_NEW: create a device
 * @DSMIP_CMD_DEVICE_SET: change a device
 * @DSMIP_CMD_DEVICE_DEL: delete a device and all that is in it
 * @DSMIP_CMD_MOBILE_GET: one mobile, or all of a device
 * @DSMIP_CMD_MOBILE_NEW: authorise a mobile
 * @DSMIP_CMD_MOBILE_SET: change of a mobile what is given, and nothing else
 * @DSMIP_CMD_MOBILE_DEL: forget a mobile and its binding
 * @DSMIP_CMD_MOBILE_FLUSH: forget all mobiles of a device
 * @DSMIP_CMD_BINDING_GET: one binding, or all of a device
 * @DSMIP_CMD_BINDING_DEL: delete a binding; the mobile stays authorised
 * @DSMIP_CMD_BINDING_FLUSH: delete all bindings of a device
 * @DSMIP_CMD_REGISTRATION_GET: one registration, or all of a device
 * @DSMIP_CMD_REGISTRATION_NEW: start to register a home address
 * @DSMIP_CMD_REGISTRATION_SET: change or move a registration
 * @DSMIP_CMD_REGISTRATION_DEL: deregister and forget
 * @DSMIP_CMD_REGISTRATION_FLUSH: deregister and forget all of a device
 * @DSMIP_CMD_ACCESS_GET: one access, or all of a device
 * @DSMIP_CMD_ACCESS_NEW: let care-of addresses come from an interface
 * @DSMIP_CMD_ACCESS_SET: change the preference of an access
 * @DSMIP_CMD_ACCESS_DEL: no longer use an interface
 * @DSMIP_CMD_POOL_GET: pool of a device
 * @DSMIP_CMD_POOL_NEW: give a device its pool of IPv4 home addresses
 * @DSMIP_CMD_POOL_DEL: take the pool away; addresses in use stay until
 *	their bindings end
 * @DSMIP_CMD_STATS_GET: counters of a device, or of all
 * @DSMIP_CMD_DEVICE_NTF: a device came, changed or went
 * @DSMIP_CMD_MOBILE_NTF: a mobile came, changed or went, with its counters
 *	if it has account; after a flush one more without hoa, for all of the
 *	device
 * @DSMIP_CMD_BINDING_NTF: a binding was created, moved, refreshed, refused
 *	or ended, with the counters of the mobile if it has account
 * @DSMIP_CMD_REGISTRATION_NTF: a registration came, went, or shows anything
 *	else than before in state, status, care-of address or
 *	key-management-granted; and each acceptance
 */
enum dsmip_cmd {
	DSMIP_CMD_DEVICE_GET = 1,
	DSMIP_CMD_DEVICE_NEW,
	DSMIP_CMD_DEVICE_SET,
	DSMIP_CMD_DEVICE_DEL,
	DSMIP_CMD_MOBILE_GET,
	DSMIP_CMD_MOBILE_NEW,
	DSMIP_CMD_MOBILE_SET,
	DSMIP_CMD_MOBILE_DEL,
	DSMIP_CMD_MOBILE_FLUSH,
	DSMIP_CMD_BINDING_GET,
	DSMIP_CMD_BINDING_DEL,
	DSMIP_CMD_BINDING_FLUSH,
	DSMIP_CMD_REGISTRATION_GET,
	DSMIP_CMD_REGISTRATION_NEW,
	DSMIP_CMD_REGISTRATION_SET,
	DSMIP_CMD_REGISTRATION_DEL,
	DSMIP_CMD_REGISTRATION_FLUSH,
	DSMIP_CMD_ACCESS_GET,
	DSMIP_CMD_ACCESS_NEW,
	DSMIP_CMD_ACCESS_SET,
	DSMIP_CMD_ACCESS_DEL,
	DSMIP_CMD_POOL_GET,
	DSMIP_CMD_POOL_NEW,
	DSMIP_CMD_POOL_DEL,
	DSMIP_CMD_STATS_GET,
	DSMIP_CMD_DEVICE_NTF,
	DSMIP_CMD_MOBILE_NTF,
	DSMIP_CMD_BINDING_NTF,
	DSMIP_CMD_REGISTRATION_NTF,

	/* private: */
	__DSMIP_CMD_MAX,
	DSMIP_CMD_MAX = (__DSMIP_CMD_MAX - 1)
};

#define DSMIP_MCGRP_EVENTS	"events"

#endif
