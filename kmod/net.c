// SPDX-License-Identifier: GPL-2.0
#include "net.h"

#include <linux/random.h>
#include <linux/rculist.h>

unsigned int dsmip_net_id;

static int net_init(struct net *net)
{
	struct dsmip_net *dn = dsmip_net(net);

	dn->counters = alloc_percpu(struct dsmip_counters);
	if (!dn->counters)
		return -ENOMEM;
	dn->net = net;
	INIT_LIST_HEAD(&dn->devs);
	spin_lock_init(&dn->lock);
	get_random_bytes(&dn->arrival_key, sizeof(dn->arrival_key));
	return 0;
}

/* The devices are gone: rtnl_link_ops are torn down before pernet subsystems. */
static void net_exit(struct net *net)
{
	struct dsmip_net *dn = dsmip_net(net);

	WARN_ON_ONCE(!list_empty(&dn->devs));
	WARN_ON_ONCE(dn->hooks);
	free_percpu(dn->counters);
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.exit = net_exit,
	.id = &dsmip_net_id,
	.size = sizeof(struct dsmip_net),
};

int dsmip_net_init(void)
{
	return register_pernet_subsys(&net_ops);
}

void dsmip_net_exit(void)
{
	unregister_pernet_subsys(&net_ops);
}
