/* SPDX-License-Identifier: GPL-2.0 */
/* Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit. */

#ifndef _DSMIP_NL_GEN_H
#define _DSMIP_NL_GEN_H

#include <net/genetlink.h>

#include <uapi/linux/dsmip.h>

int dsmip_nl_device_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_device_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_device_new_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_device_set_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_device_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_mobile_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_mobile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_mobile_new_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_mobile_set_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_mobile_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_mobile_flush_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_binding_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_binding_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_binding_flush_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_registration_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_registration_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_registration_new_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_registration_set_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_registration_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_registration_flush_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_access_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_access_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_access_new_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_access_set_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_access_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_pool_get_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_pool_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int dsmip_nl_pool_new_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_pool_del_doit(struct sk_buff *skb, struct genl_info *info);
int dsmip_nl_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

enum {
	DSMIP_NLGRP_EVENTS,
};

extern const char * const dsmip_answer_names[__DSMIP_ANSWER_MAX];
extern const char * const dsmip_role_names[__DSMIP_ROLE_MAX];
extern const char * const dsmip_auth_names[__DSMIP_AUTH_MAX];
extern const char * const dsmip_outer_names[__DSMIP_OUTER_MAX];
extern const char * const dsmip_udp_names[__DSMIP_UDP_MAX];
extern const char * const dsmip_state_names[__DSMIP_STATE_MAX];
extern const char * const dsmip_event_names[__DSMIP_EVENT_MAX];
extern const char * const dsmip_drop_names[__DSMIP_DROP_MAX];

extern struct genl_family dsmip_nl_family;

#endif
