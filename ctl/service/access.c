// SPDX-License-Identifier: GPL-2.0
/*
 * Accesses of a mobile node. Several are used at a time, and the default route is
 * the device's own: so what is said from a care-of address, by charon above all,
 * has a routing table of its own for each access. [IP-11]
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "conf.h"
#include "host.h"
#include "kernel.h"
#include "service.h"
#include "words.h"

struct access_rule {
	struct access_rule *next;
	uint8_t addr[16];
	uint32_t table;
	bool there; /* the address is on its interface now */
};

struct look {
	struct service *service;
	uint32_t table;
};

static int see_address(void *arg, const uint8_t addr[16], int plen)
{
	const struct look *look = arg;
	struct access_rule *rule = look->service->rules;
	struct fault fault;

	(void)plen;
	while (rule && (rule->table != look->table || memcmp(rule->addr, addr, 16)))
		rule = rule->next;
	if (!rule) {
		rule = calloc(1, sizeof(*rule));
		if (!rule)
			return -1;
		memcpy(rule->addr, addr, 16);
		rule->table = look->table;
		rule->next = look->service->rules;
		look->service->rules = rule;
		if (host_rule_add(look->service->host, addr, 128, rule->table, SERVICE_SOURCES,
				  &fault))
			say(NULL, "rule: %s", fault.text);
	}
	rule->there = true;
	return 0;
}

static void offer_access(struct service *service, const struct conf_access *conf)
{
	struct words words;
	struct fault fault;

	if (!service->kernel || !*conf->dev || !service_device(conf->dev))
		return;
	words_begin(&words, "access add");
	words_text(&words, "dev", conf->dev);
	words_text(&words, "link", conf->link);
	words_number(&words, "preference", conf->preference);
	if (kernel_do(service->kernel, &words, &fault) && kernel_error(service->kernel) != EEXIST)
		say(conf->link, "access: %s", fault.text);
}

static void look_at(struct service *service, const struct conf_access *conf)
{
	struct look look = { .service = service, .table = conf->table };
	uint32_t ifindex = service_device(conf->link);
	struct fault fault;

	if (!ifindex)
		return;
	offer_access(service, conf);
	if (!conf->table)
		return;
	if (host_mirror_defaults(service->host, ifindex, conf->table, &fault) ||
	    host_each_address(service->host, ifindex, see_address, &look, &fault))
		say(conf->link, "routes of the access: %s", fault.text);
}

static void drop_rules(struct service *service, bool all)
{
	struct access_rule **at = &service->rules;
	struct fault fault;

	while (*at) {
		struct access_rule *rule = *at;

		if (rule->there && !all) {
			at = &rule->next;
			continue;
		}
		if (host_rule_del(service->host, rule->addr, 128, rule->table, SERVICE_SOURCES,
				  &fault))
			say(NULL, "rule: %s", fault.text);
		*at = rule->next;
		free(rule);
	}
}

void access_changed(struct service *service)
{
	for (struct access_rule *rule = service->rules; rule; rule = rule->next)
		rule->there = false;
	for (struct conf_access *one = service->conf->accesses; one; one = one->next)
		look_at(service, one);
	for (struct conf_epdg *one = service->conf->epdgs; one; one = one->next)
		look_at(service, &one->access);
	drop_rules(service, false);
}

uint32_t access_table(const struct service *service, const uint8_t coa[16])
{
	const struct access_rule *rule = service->rules;

	while (rule && memcmp(rule->addr, coa, 16))
		rule = rule->next;
	return rule ? rule->table : 0;
}

static void empty_table(struct service *service, const struct conf_access *conf)
{
	struct fault fault;

	if (conf->table && host_flush_table(service->host, conf->table, &fault))
		say(conf->link, "routes of the access: %s", fault.text);
}

void access_leave(struct service *service)
{
	drop_rules(service, true);
	for (struct conf_access *one = service->conf->accesses; one; one = one->next)
		empty_table(service, one);
	for (struct conf_epdg *one = service->conf->epdgs; one; one = one->next)
		empty_table(service, &one->access);
}

void access_free(struct service *service)
{
	while (service->rules) {
		struct access_rule *next = service->rules->next;

		free(service->rules);
		service->rules = next;
	}
}
