// SPDX-License-Identifier: GPL-2.0
/* Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit. */

#include "nl-gen.h"

#include <linux/module.h>

#include <net/netlink.h>

const char * const dsmip_answer_names[] = {
	[DSMIP_ANSWER_NO] = "no",
	[DSMIP_ANSWER_YES] = "yes",
};

const char * const dsmip_role_names[] = {
	[DSMIP_ROLE_HOME_AGENT] = "home-agent",
	[DSMIP_ROLE_MOBILE_NODE] = "mobile-node",
};

const char * const dsmip_auth_names[] = {
	[DSMIP_AUTH_ESP] = "esp",
	[DSMIP_AUTH_OPEN] = "open",
};

const char * const dsmip_outer_names[] = {
	[DSMIP_OUTER_IP6] = "ip6",
	[DSMIP_OUTER_IP4] = "ip4",
	[DSMIP_OUTER_UDP4] = "udp4",
	[DSMIP_OUTER_UDP6] = "udp6",
};

const char * const dsmip_udp_names[] = {
	[DSMIP_UDP_AUTO] = "auto",
	[DSMIP_UDP_ALWAYS] = "always",
	[DSMIP_UDP_NAT_ONLY] = "nat-only",
};

const char * const dsmip_state_names[] = {
	[DSMIP_STATE_IDLE] = "idle",
	[DSMIP_STATE_REGISTERING] = "registering",
	[DSMIP_STATE_REGISTERED] = "registered",
	[DSMIP_STATE_REFRESHING] = "refreshing",
	[DSMIP_STATE_AT_HOME] = "at-home",
	[DSMIP_STATE_DEREGISTERING] = "deregistering",
	[DSMIP_STATE_REFUSED] = "refused",
	[DSMIP_STATE_UNPROTECTED] = "unprotected",
};

const char * const dsmip_event_names[] = {
	[DSMIP_EVENT_CREATED] = "created",
	[DSMIP_EVENT_MOVED] = "moved",
	[DSMIP_EVENT_REFRESHED] = "refreshed",
	[DSMIP_EVENT_EXPIRED] = "expired",
	[DSMIP_EVENT_DELETED] = "deleted",
	[DSMIP_EVENT_REVOKED] = "revoked",
	[DSMIP_EVENT_REFUSED] = "refused",
	[DSMIP_EVENT_SA_WANTED] = "sa-wanted",
	[DSMIP_EVENT_HOA4_WANTED] = "hoa4-wanted",
	[DSMIP_EVENT_CHANGED] = "changed",
};

const char * const dsmip_drop_names[] = {
	[DSMIP_DROP_MH_TRUNCATED] = "mh-truncated",
	[DSMIP_DROP_MH_CHECKSUM] = "mh-checksum",
	[DSMIP_DROP_MH_PAYLOAD_PROTO] = "mh-payload-proto",
	[DSMIP_DROP_MH_SHORT] = "mh-short",
	[DSMIP_DROP_MH_UNKNOWN_TYPE] = "mh-unknown-type",
	[DSMIP_DROP_MH_UNEXPECTED] = "mh-unexpected",
	[DSMIP_DROP_MH_POSITION] = "mh-position",
	[DSMIP_DROP_OPT_TRUNCATED] = "opt-truncated",
	[DSMIP_DROP_OPT_LENGTH] = "opt-length",
	[DSMIP_DROP_OPT_REPEATED] = "opt-repeated",
	[DSMIP_DROP_OPT_AUTH_PLACE] = "opt-auth-place",
	[DSMIP_DROP_BU_UNPROTECTED] = "bu-unprotected",
	[DSMIP_DROP_BU_WRONG_SA] = "bu-wrong-sa",
	[DSMIP_DROP_BU_HOA_INVALID] = "bu-hoa-invalid",
	[DSMIP_DROP_BU_COA_INVALID] = "bu-coa-invalid",
	[DSMIP_DROP_BU_COA_FORBIDDEN] = "bu-coa-forbidden",
	[DSMIP_DROP_BU_NOT_HOME] = "bu-not-home",
	[DSMIP_DROP_BU_NONCE] = "bu-nonce",
	[DSMIP_DROP_BU_NO_HAO] = "bu-no-hao",
	[DSMIP_DROP_BU_OPTIONS] = "bu-options",
	[DSMIP_DROP_BU_SEQUENCE] = "bu-sequence",
	[DSMIP_DROP_BU_TYPE_CHANGE] = "bu-type-change",
	[DSMIP_DROP_BU_NOT_SERVED] = "bu-not-served",
	[DSMIP_DROP_BU_NOT_AUTHORISED] = "bu-not-authorised",
	[DSMIP_DROP_BU_NO_BINDING] = "bu-no-binding",
	[DSMIP_DROP_BU_DUPLICATE] = "bu-duplicate",
	[DSMIP_DROP_BU_RESOURCES] = "bu-resources",
	[DSMIP_DROP_BU_PREFIX] = "bu-prefix",
	[DSMIP_DROP_BU_MULTIPLE] = "bu-multiple",
	[DSMIP_DROP_BU_PENDING] = "bu-pending",
	[DSMIP_DROP_BU_ROLE] = "bu-role",
	[DSMIP_DROP_BA_UNPROTECTED] = "ba-unprotected",
	[DSMIP_DROP_BA_WRONG_SA] = "ba-wrong-sa",
	[DSMIP_DROP_BA_UNKNOWN] = "ba-unknown",
	[DSMIP_DROP_BA_SEQUENCE] = "ba-sequence",
	[DSMIP_DROP_BA_FORM] = "ba-form",
	[DSMIP_DROP_BE_UNKNOWN] = "be-unknown",
	[DSMIP_DROP_HAO_ADDRESS] = "hao-address",
	[DSMIP_DROP_HAO_NO_BINDING] = "hao-no-binding",
	[DSMIP_DROP_HAO_FORM] = "hao-form",
	[DSMIP_DROP_HAO_FRAGMENT] = "hao-fragment",
	[DSMIP_DROP_RH2_FORM] = "rh2-form",
	[DSMIP_DROP_RH2_NOT_OURS] = "rh2-not-ours",
	[DSMIP_DROP_RH2_NOT_MOBILE] = "rh2-not-mobile",
	[DSMIP_DROP_RH2_SCOPE] = "rh2-scope",
	[DSMIP_DROP_RH2_PEER] = "rh2-peer",
	[DSMIP_DROP_ARRIVAL_FORGED] = "arrival-forged",
	[DSMIP_DROP_ARRIVAL_COOKIE] = "arrival-cookie",
	[DSMIP_DROP_RX_TRUNCATED] = "rx-truncated",
	[DSMIP_DROP_RX_UDP_PAYLOAD] = "rx-udp-payload",
	[DSMIP_DROP_RX_NO_MOBILE] = "rx-no-mobile",
	[DSMIP_DROP_RX_NO_BINDING] = "rx-no-binding",
	[DSMIP_DROP_RX_OUTER_SOURCE] = "rx-outer-source",
	[DSMIP_DROP_RX_NOT_HOME_AGENT] = "rx-not-home-agent",
	[DSMIP_DROP_RX_NOT_HOME_ADDRESS] = "rx-not-home-address",
	[DSMIP_DROP_RX_CLEAR] = "rx-clear",
	[DSMIP_DROP_RX_POLICY] = "rx-policy",
	[DSMIP_DROP_RX_ECN] = "rx-ecn",
	[DSMIP_DROP_RX_BACKLOG] = "rx-backlog",
	[DSMIP_DROP_TX_TRUNCATED] = "tx-truncated",
	[DSMIP_DROP_TX_PROTOCOL] = "tx-protocol",
	[DSMIP_DROP_TX_NO_MOBILE] = "tx-no-mobile",
	[DSMIP_DROP_TX_NO_BINDING] = "tx-no-binding",
	[DSMIP_DROP_TX_NOT_HOME_ADDRESS] = "tx-not-home-address",
	[DSMIP_DROP_TX_LINK_LOCAL] = "tx-link-local",
	[DSMIP_DROP_TX_MULTICAST] = "tx-multicast",
	[DSMIP_DROP_TX_NO_ROUTE] = "tx-no-route",
	[DSMIP_DROP_TX_LOOP] = "tx-loop",
	[DSMIP_DROP_TX_TOO_BIG] = "tx-too-big",
	[DSMIP_DROP_TX_ENCAP_LIMIT] = "tx-encap-limit",
	[DSMIP_DROP_TX_MEMORY] = "tx-memory",
	[DSMIP_DROP_DEVICE_DOWN] = "device-down",
	[DSMIP_DROP_HA_SPOOFED] = "ha-spoofed",
	[DSMIP_DROP_SIG_NO_SA] = "sig-no-sa",
	[DSMIP_DROP_SIG_NO_ROUTE] = "sig-no-route",
	[DSMIP_DROP_SIG_MEMORY] = "sig-memory",
	[DSMIP_DROP_SIG_RATE] = "sig-rate",
	[DSMIP_DROP_ND_FORM] = "nd-form",
};

static struct netlink_range_validation range_4_to_262140 = {
	.min = 4,
	.max = 262140,
};

static struct netlink_range_validation range_0_to_262140 = {
	.min = 0,
	.max = 262140,
};

/* DSMIP_CMD_DEVICE_GET: one device, or all */
static const struct nla_policy device_get_policy[DSMIP_A_DEVICE_NAME + 1] = {
	[DSMIP_A_DEVICE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
};

/* DSMIP_CMD_DEVICE_NEW: create a device */
static const struct nla_policy device_new_policy[DSMIP_A_DEVICE_NAT_ALWAYS + 1] = {
	[DSMIP_A_DEVICE_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[DSMIP_A_DEVICE_ROLE] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_DEVICE_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_DEVICE_AUTH] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_DEVICE_HOME_LINK] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_HOME_PREFIX] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_DEVICE_HOME_PLEN] = NLA_POLICY_MAX(NLA_U8, 128),
	[DSMIP_A_DEVICE_PREFIX_VALID] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_PREFIX_PREFERRED] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_LIFETIME_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_4_to_262140),
	[DSMIP_A_DEVICE_REFRESH] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_0_to_262140),
	[DSMIP_A_DEVICE_GRACE] = NLA_POLICY_MAX(NLA_U32, 10000),
	[DSMIP_A_DEVICE_HOP_LIMIT] = NLA_POLICY_MIN(NLA_U8, 1),
	[DSMIP_A_DEVICE_ENCAP_LIMIT] = { .type = NLA_U8 },
	[DSMIP_A_DEVICE_TCLASS_COPY] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_DEVICE_MAX_MOBILES] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_ADDR4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_DEVICE_UDP_PORT] = { .type = NLA_U16 },
	[DSMIP_A_DEVICE_UDP] = NLA_POLICY_MAX(NLA_U8, 2),
	[DSMIP_A_DEVICE_KEEPALIVE] = NLA_POLICY_MIN(NLA_U32, 1),
	[DSMIP_A_DEVICE_NAT_ALWAYS] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_DEVICE_SET: change a device */
static const struct nla_policy device_set_policy[DSMIP_A_DEVICE_NAT_ALWAYS + 1] = {
	[DSMIP_A_DEVICE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
	[DSMIP_A_DEVICE_ADDR] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_DEVICE_AUTH] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_DEVICE_HOME_LINK] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_HOME_PREFIX] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_DEVICE_HOME_PLEN] = NLA_POLICY_MAX(NLA_U8, 128),
	[DSMIP_A_DEVICE_PREFIX_VALID] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_PREFIX_PREFERRED] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_LIFETIME_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_4_to_262140),
	[DSMIP_A_DEVICE_REFRESH] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_0_to_262140),
	[DSMIP_A_DEVICE_GRACE] = NLA_POLICY_MAX(NLA_U32, 10000),
	[DSMIP_A_DEVICE_HOP_LIMIT] = NLA_POLICY_MIN(NLA_U8, 1),
	[DSMIP_A_DEVICE_ENCAP_LIMIT] = { .type = NLA_U8 },
	[DSMIP_A_DEVICE_TCLASS_COPY] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_DEVICE_MAX_MOBILES] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_ADDR4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_DEVICE_UDP_PORT] = { .type = NLA_U16 },
	[DSMIP_A_DEVICE_UDP] = NLA_POLICY_MAX(NLA_U8, 2),
	[DSMIP_A_DEVICE_KEEPALIVE] = NLA_POLICY_MIN(NLA_U32, 1),
	[DSMIP_A_DEVICE_NAT_ALWAYS] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_DEVICE_DEL: delete a device and all that is in it */
static const struct nla_policy device_del_policy[DSMIP_A_DEVICE_NAME + 1] = {
	[DSMIP_A_DEVICE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_DEVICE_NAME] = { .type = NLA_NUL_STRING, .len = 15 },
};

/* DSMIP_CMD_MOBILE_GET: one mobile, or all of a device */
static const struct nla_policy mobile_get_policy[DSMIP_A_MOBILE_PLEN + 1] = {
	[DSMIP_A_MOBILE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_MOBILE_PLEN] = NLA_POLICY_RANGE(NLA_U8, 1, 128),
};

/* DSMIP_CMD_MOBILE_NEW: authorise a mobile */
static const struct nla_policy mobile_new_policy[DSMIP_A_MOBILE_KEY_MANAGEMENT + 1] = {
	[DSMIP_A_MOBILE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_MOBILE_PLEN] = NLA_POLICY_RANGE(NLA_U8, 1, 128),
	[DSMIP_A_MOBILE_HOA4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_MOBILE_POOL] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_MOBILE_ID] = { .type = NLA_NUL_STRING, .len = 253 },
	[DSMIP_A_MOBILE_REQID] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_SPI] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_LIFETIME_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_0_to_262140),
	[DSMIP_A_MOBILE_ACCOUNT] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_MOBILE_KEY_MANAGEMENT] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_MOBILE_SET: change of a mobile what is given, and nothing else */
static const struct nla_policy mobile_set_policy[DSMIP_A_MOBILE_KEY_MANAGEMENT + 1] = {
	[DSMIP_A_MOBILE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_MOBILE_PLEN] = NLA_POLICY_RANGE(NLA_U8, 1, 128),
	[DSMIP_A_MOBILE_HOA4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_MOBILE_POOL] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_MOBILE_ID] = { .type = NLA_NUL_STRING, .len = 253 },
	[DSMIP_A_MOBILE_REQID] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_SPI] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_LIFETIME_MAX] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_0_to_262140),
	[DSMIP_A_MOBILE_ACCOUNT] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_MOBILE_KEY_MANAGEMENT] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_MOBILE_DEL: forget a mobile and its binding */
static const struct nla_policy mobile_del_policy[DSMIP_A_MOBILE_PLEN + 1] = {
	[DSMIP_A_MOBILE_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_MOBILE_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_MOBILE_PLEN] = NLA_POLICY_RANGE(NLA_U8, 1, 128),
};

/* DSMIP_CMD_MOBILE_FLUSH: forget all mobiles of a device */
static const struct nla_policy mobile_flush_policy[DSMIP_A_MOBILE_IFINDEX + 1] = {
	[DSMIP_A_MOBILE_IFINDEX] = { .type = NLA_U32 },
};

/* DSMIP_CMD_BINDING_GET: one binding, or all of a device */
static const struct nla_policy binding_get_policy[DSMIP_A_BINDING_HOA + 1] = {
	[DSMIP_A_BINDING_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_BINDING_HOA] = NLA_POLICY_EXACT_LEN(16),
};

/* DSMIP_CMD_BINDING_DEL: delete a binding; the mobile stays authorised */
static const struct nla_policy binding_del_policy[DSMIP_A_BINDING_HOA + 1] = {
	[DSMIP_A_BINDING_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_BINDING_HOA] = NLA_POLICY_EXACT_LEN(16),
};

/* DSMIP_CMD_BINDING_FLUSH: delete all bindings of a device */
static const struct nla_policy binding_flush_policy[DSMIP_A_BINDING_IFINDEX + 1] = {
	[DSMIP_A_BINDING_IFINDEX] = { .type = NLA_U32 },
};

/* DSMIP_CMD_REGISTRATION_GET: one registration, or all of a device */
static const struct nla_policy registration_get_policy[DSMIP_A_REGISTRATION_HOA + 1] = {
	[DSMIP_A_REGISTRATION_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_HOA] = NLA_POLICY_EXACT_LEN(16),
};

/* DSMIP_CMD_REGISTRATION_NEW: start to register a home address */
static const struct nla_policy registration_new_policy[DSMIP_A_REGISTRATION_FORCE_UDP + 1] = {
	[DSMIP_A_REGISTRATION_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_REGISTRATION_PLEN] = NLA_POLICY_RANGE(NLA_U8, 1, 128),
	[DSMIP_A_REGISTRATION_HA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_REGISTRATION_HOA4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_REGISTRATION_COA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_REGISTRATION_LIFETIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_4_to_262140),
	[DSMIP_A_REGISTRATION_REQID] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_SPI] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_LINK_LOCAL] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_REGISTRATION_KEY_MANAGEMENT] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_REGISTRATION_MOBILE_ROUTER] = NLA_POLICY_MAX(NLA_U8, 1),
	[DSMIP_A_REGISTRATION_ID] = { .type = NLA_NUL_STRING, .len = 253 },
	[DSMIP_A_REGISTRATION_HA4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_REGISTRATION_FORCE_UDP] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_REGISTRATION_SET: change or move a registration */
static const struct nla_policy registration_set_policy[DSMIP_A_REGISTRATION_FORCE_UDP + 1] = {
	[DSMIP_A_REGISTRATION_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_HOA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_REGISTRATION_HOA4] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_REGISTRATION_COA] = NLA_POLICY_EXACT_LEN(16),
	[DSMIP_A_REGISTRATION_LIFETIME] = NLA_POLICY_FULL_RANGE(NLA_U32, &range_4_to_262140),
	[DSMIP_A_REGISTRATION_REQID] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_SPI] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_FORCE_UDP] = NLA_POLICY_MAX(NLA_U8, 1),
};

/* DSMIP_CMD_REGISTRATION_DEL: deregister and forget */
static const struct nla_policy registration_del_policy[DSMIP_A_REGISTRATION_HOA + 1] = {
	[DSMIP_A_REGISTRATION_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_REGISTRATION_HOA] = NLA_POLICY_EXACT_LEN(16),
};

/* DSMIP_CMD_REGISTRATION_FLUSH: deregister and forget all of a device */
static const struct nla_policy registration_flush_policy[DSMIP_A_REGISTRATION_IFINDEX + 1] = {
	[DSMIP_A_REGISTRATION_IFINDEX] = { .type = NLA_U32 },
};

/* DSMIP_CMD_ACCESS_GET: one access, or all of a device */
static const struct nla_policy access_get_policy[DSMIP_A_ACCESS_LINK + 1] = {
	[DSMIP_A_ACCESS_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_LINK] = { .type = NLA_U32 },
};

/* DSMIP_CMD_ACCESS_NEW: let care-of addresses come from an interface */
static const struct nla_policy access_new_policy[DSMIP_A_ACCESS_PREFERENCE + 1] = {
	[DSMIP_A_ACCESS_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_LINK] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_PREFERENCE] = { .type = NLA_U32 },
};

/* DSMIP_CMD_ACCESS_SET: change the preference of an access */
static const struct nla_policy access_set_policy[DSMIP_A_ACCESS_PREFERENCE + 1] = {
	[DSMIP_A_ACCESS_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_LINK] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_PREFERENCE] = { .type = NLA_U32 },
};

/* DSMIP_CMD_ACCESS_DEL: no longer use an interface */
static const struct nla_policy access_del_policy[DSMIP_A_ACCESS_LINK + 1] = {
	[DSMIP_A_ACCESS_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_ACCESS_LINK] = { .type = NLA_U32 },
};

/* DSMIP_CMD_POOL_GET: pool of a device */
static const struct nla_policy pool_get_policy[DSMIP_A_POOL_IFINDEX + 1] = {
	[DSMIP_A_POOL_IFINDEX] = { .type = NLA_U32 },
};

/* DSMIP_CMD_POOL_NEW: give a device its pool of IPv4 home addresses */
static const struct nla_policy pool_new_policy[DSMIP_A_POOL_LAST + 1] = {
	[DSMIP_A_POOL_IFINDEX] = { .type = NLA_U32 },
	[DSMIP_A_POOL_FIRST] = NLA_POLICY_EXACT_LEN(4),
	[DSMIP_A_POOL_LAST] = NLA_POLICY_EXACT_LEN(4),
};

/* DSMIP_CMD_POOL_DEL: take the pool away; addresses in use stay until their bindings end */
static const struct nla_policy pool_del_policy[DSMIP_A_POOL_IFINDEX + 1] = {
	[DSMIP_A_POOL_IFINDEX] = { .type = NLA_U32 },
};

/* DSMIP_CMD_STATS_GET: counters of a device, or of all */
static const struct nla_policy stats_get_policy[DSMIP_A_STATS_IFINDEX + 1] = {
	[DSMIP_A_STATS_IFINDEX] = { .type = NLA_U32 },
};

static const struct genl_ops ops[] = {
	{
		.cmd = DSMIP_CMD_DEVICE_GET,
		.doit = dsmip_nl_device_get_doit,
		.dumpit = dsmip_nl_device_get_dumpit,
		.policy = device_get_policy,
		.maxattr = DSMIP_A_DEVICE_NAME,
	},
	{
		.cmd = DSMIP_CMD_DEVICE_NEW,
		.doit = dsmip_nl_device_new_doit,
		.policy = device_new_policy,
		.maxattr = DSMIP_A_DEVICE_NAT_ALWAYS,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_DEVICE_SET,
		.doit = dsmip_nl_device_set_doit,
		.policy = device_set_policy,
		.maxattr = DSMIP_A_DEVICE_NAT_ALWAYS,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_DEVICE_DEL,
		.doit = dsmip_nl_device_del_doit,
		.policy = device_del_policy,
		.maxattr = DSMIP_A_DEVICE_NAME,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_MOBILE_GET,
		.doit = dsmip_nl_mobile_get_doit,
		.dumpit = dsmip_nl_mobile_get_dumpit,
		.policy = mobile_get_policy,
		.maxattr = DSMIP_A_MOBILE_PLEN,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_MOBILE_NEW,
		.doit = dsmip_nl_mobile_new_doit,
		.policy = mobile_new_policy,
		.maxattr = DSMIP_A_MOBILE_KEY_MANAGEMENT,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_MOBILE_SET,
		.doit = dsmip_nl_mobile_set_doit,
		.policy = mobile_set_policy,
		.maxattr = DSMIP_A_MOBILE_KEY_MANAGEMENT,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_MOBILE_DEL,
		.doit = dsmip_nl_mobile_del_doit,
		.policy = mobile_del_policy,
		.maxattr = DSMIP_A_MOBILE_PLEN,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_MOBILE_FLUSH,
		.doit = dsmip_nl_mobile_flush_doit,
		.policy = mobile_flush_policy,
		.maxattr = DSMIP_A_MOBILE_IFINDEX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_BINDING_GET,
		.doit = dsmip_nl_binding_get_doit,
		.dumpit = dsmip_nl_binding_get_dumpit,
		.policy = binding_get_policy,
		.maxattr = DSMIP_A_BINDING_HOA,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_BINDING_DEL,
		.doit = dsmip_nl_binding_del_doit,
		.policy = binding_del_policy,
		.maxattr = DSMIP_A_BINDING_HOA,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_BINDING_FLUSH,
		.doit = dsmip_nl_binding_flush_doit,
		.policy = binding_flush_policy,
		.maxattr = DSMIP_A_BINDING_IFINDEX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_REGISTRATION_GET,
		.doit = dsmip_nl_registration_get_doit,
		.dumpit = dsmip_nl_registration_get_dumpit,
		.policy = registration_get_policy,
		.maxattr = DSMIP_A_REGISTRATION_HOA,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_REGISTRATION_NEW,
		.doit = dsmip_nl_registration_new_doit,
		.policy = registration_new_policy,
		.maxattr = DSMIP_A_REGISTRATION_FORCE_UDP,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_REGISTRATION_SET,
		.doit = dsmip_nl_registration_set_doit,
		.policy = registration_set_policy,
		.maxattr = DSMIP_A_REGISTRATION_FORCE_UDP,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_REGISTRATION_DEL,
		.doit = dsmip_nl_registration_del_doit,
		.policy = registration_del_policy,
		.maxattr = DSMIP_A_REGISTRATION_HOA,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_REGISTRATION_FLUSH,
		.doit = dsmip_nl_registration_flush_doit,
		.policy = registration_flush_policy,
		.maxattr = DSMIP_A_REGISTRATION_IFINDEX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_ACCESS_GET,
		.doit = dsmip_nl_access_get_doit,
		.dumpit = dsmip_nl_access_get_dumpit,
		.policy = access_get_policy,
		.maxattr = DSMIP_A_ACCESS_LINK,
	},
	{
		.cmd = DSMIP_CMD_ACCESS_NEW,
		.doit = dsmip_nl_access_new_doit,
		.policy = access_new_policy,
		.maxattr = DSMIP_A_ACCESS_PREFERENCE,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_ACCESS_SET,
		.doit = dsmip_nl_access_set_doit,
		.policy = access_set_policy,
		.maxattr = DSMIP_A_ACCESS_PREFERENCE,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_ACCESS_DEL,
		.doit = dsmip_nl_access_del_doit,
		.policy = access_del_policy,
		.maxattr = DSMIP_A_ACCESS_LINK,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_POOL_GET,
		.doit = dsmip_nl_pool_get_doit,
		.dumpit = dsmip_nl_pool_get_dumpit,
		.policy = pool_get_policy,
		.maxattr = DSMIP_A_POOL_IFINDEX,
	},
	{
		.cmd = DSMIP_CMD_POOL_NEW,
		.doit = dsmip_nl_pool_new_doit,
		.policy = pool_new_policy,
		.maxattr = DSMIP_A_POOL_LAST,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_POOL_DEL,
		.doit = dsmip_nl_pool_del_doit,
		.policy = pool_del_policy,
		.maxattr = DSMIP_A_POOL_IFINDEX,
		.flags = GENL_UNS_ADMIN_PERM,
	},
	{
		.cmd = DSMIP_CMD_STATS_GET,
		.dumpit = dsmip_nl_stats_get_dumpit,
		.policy = stats_get_policy,
		.maxattr = DSMIP_A_STATS_IFINDEX,
	},
};

static const struct genl_multicast_group groups[] = {
	[DSMIP_NLGRP_EVENTS] = {
		.name = DSMIP_MCGRP_EVENTS,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

/* Validation is strict and resv_start_op zero: what is not asked for is refused. */
struct genl_family dsmip_nl_family __ro_after_init = {
	.name = DSMIP_FAMILY_NAME,
	.version = DSMIP_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};
