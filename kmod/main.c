// SPDX-License-Identifier: GPL-2.0
/* The module: which floor calls which, and the ladder up and down. */
#include <linux/module.h>
#include <net/genetlink.h>

#include "access.h"
#include "binding.h"
#include "coa.h"
#include "control.h"
#include "dev.h"
#include "ha.h"
#include "mn.h"
#include "nd.h"
#include "nl.h"
#include "rx.h"
#include "signal.h"
#include "tx.h"

struct dsmip_dev_role dsmip_dev_roles[] = {
	[DSMIP_ROLE_HOME_AGENT] = {
		.setup = dsmip_ha_setup,
		.stop = dsmip_ha_stop,
		.free = dsmip_mobile_free,
		.configure = dsmip_ha_configure,
		.xmit = dsmip_tx_ha,
	},
	[DSMIP_ROLE_MOBILE_NODE] = {
		.setup = dsmip_mn_setup,
		.configure = dsmip_mn_configure,
		.stop = dsmip_mn_stop,
		.xmit = dsmip_tx_mn,
	},
};

/* Arrows point down, calls that must go up go through these tables. */
static void connect_floors(void)
{
	dsmip_dev_ops.attach = dsmip_control_hook;
	dsmip_dev_ops.detach = dsmip_control_unhook;
	dsmip_dev_ops.carry = dsmip_signal_carry;
	dsmip_upcalls.mh = dsmip_signal_mh;
	dsmip_upcalls.unknown_hao = dsmip_signal_unknown_hao;
	dsmip_upcalls.unsupported = dsmip_mn_unsupported;
	dsmip_binding_ops.event = dsmip_nl_binding_notify;
	dsmip_binding_ops.refused = dsmip_nl_refused_notify;
	dsmip_binding_ops.forgotten = dsmip_nl_forgotten_notify;
	dsmip_binding_ops.intercept = dsmip_nd_intercept;
	dsmip_nd_ops.dad_done = dsmip_ha_dad_done;
	dsmip_mn_ops.event = dsmip_nl_registration_notify;
}

static int __init dsmip_init(void)
{
	int err;

	connect_floors();
	err = dsmip_net_init();
	if (err)
		return err;
	err = dsmip_coa_init();
	if (err)
		goto exit_net;
	err = dsmip_mobile_init();
	if (err)
		goto exit_coa;
	err = dsmip_rx_init();
	if (err)
		goto exit_mobile;
	err = dsmip_nd_init();
	if (err)
		goto exit_rx;
	err = dsmip_access_init();
	if (err)
		goto exit_nd;
	err = dsmip_dev_init();
	if (err)
		goto exit_access;
	/* ORDER: the door opens last, and closes first */
	err = dsmip_nl_init();
	if (err)
		goto exit_dev;
	return 0;

exit_dev:
	dsmip_dev_exit();
exit_access:
	dsmip_access_exit();
exit_nd:
	dsmip_nd_exit();
exit_rx:
	dsmip_rx_exit();
exit_mobile:
	dsmip_mobile_exit();
exit_coa:
	dsmip_coa_exit();
exit_net:
	dsmip_net_exit();
	return err;
}

static void __exit dsmip_exit(void)
{
	dsmip_nl_exit();
	dsmip_dev_exit();
	dsmip_access_exit();
	dsmip_nd_exit();
	dsmip_rx_exit();
	dsmip_mobile_exit();
	dsmip_coa_exit();
	dsmip_net_exit();
	/* wait for what is still to be freed by code that is here */
	rcu_barrier();
}

module_init(dsmip_init);
module_exit(dsmip_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Dual-Stack Mobile IPv6: home agent and mobile node");
MODULE_ALIAS_RTNL_LINK("dsmip");
MODULE_ALIAS_GENL_FAMILY("dsmip");
