/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The service: what shall be is in the configuration, what is is with charon, the
 * module and the host. After every event each role brings the one to the other,
 * so that it does not matter who restarts, in which order, and what was missed.
 * What belongs to the service is known by its reqid: no file of state is kept.
 */

#ifndef _SERVICE_SERVICE_H
#define _SERVICE_SERVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "sas.h"

struct access_rule;
struct attrs;
struct charon;
struct conf;
struct conf_epdg;
struct conf_gateway;
struct conf_session;
struct epdg;
struct fault;
struct gateway;
struct host;
struct kernel;
struct loop;
struct policies;
struct session;
struct spec_object;
struct tree;
struct words;

/*
 * Priorities of our rules: before those that people set, behind the kernel's own;
 * and a source says more than a destination.
 */
#define SERVICE_SOURCES 1000
#define SERVICE_WAYS 1001

struct service {
	const struct conf *conf;
	struct loop *loop;
	struct host *host;
	struct policies *policies;
	struct charon *charon; /* NULL while it is not there */
	struct kernel *kernel; /* NULL while the module is not there */
	struct sas sas;
	unsigned int listings; /* since charon is there; what two have not is not there */
	unsigned int attempts; /* under way */
	bool leaving;          /* every session is to be ended */
	struct access_rule *rules;
	struct gateway *gateways;
	struct session *sessions;
	struct epdg *epdgs;
};

/* A sentence to the log. Who is a session, a subscriber, or NULL. */
__attribute__((format(printf, 2, 3))) void say(const char *who, const char *format, ...);

/* A line to the module, and what it said no with, to the log. */
int service_do(struct service *service, const char *who, const struct words *words);

/*
 * "load-conn" of a connection, with the children added that are in the tree. What
 * these do not say, as proposals and lifetimes, they take from a child called mh
 * in the file, which is not loaded itself. Nothing but the children may differ from what was loaded before: charon
 * would replace the connection, and SAs that are up would see no new children.
 */
int service_load(struct service *service, const struct tree *connection,
		 const struct tree *children, struct fault *fault);

/* Has charon that IKE SA, up? It is asked, for an event may have been missed. */
bool service_has_ike(struct service *service, uint32_t ike);
/* End an IKE SA; not waited for. */
void service_terminate(struct service *service, uint32_t ike);
/* End what is begun by that connection and is not up: nobody is told. */
void service_give_up(struct service *service, const char *conn);
/* End one child, which is taken for ended from here on. */
void service_end_child(struct service *service, struct child *child);

/*
 * Nothing that charon does not have stays in XFRM of a home address: states with
 * that reqid unless it is 0, and tunnels for user data. hoa4 may be all zero.
 */
void service_clear(struct service *service, const char *who, uint32_t reqid, const uint8_t hoa[16],
		   const uint8_t hoa4[16]);

/* The interface of a device of the module, 0 while it is not there. */
uint32_t service_device(const char *dev);

/* ---- access: what a care-of address says leaves by its access ------------------ */

/* The host changed, or the module came: look at addresses and routes again. */
void access_changed(struct service *service);
/* The routing table of the access that has that address, 0 for none. */
uint32_t access_table(const struct service *service, const uint8_t coa[16]);
/* Take away what was set up. */
void access_leave(struct service *service);
/* It stays. */
void access_free(struct service *service);

/* ---- gateway: subscribers become mobiles ------------------------------------- */

struct gateway *gateway_new(struct service *service, const struct conf_gateway *conf,
			    struct gateway *next);
void gateway_free(struct gateway *gateways);
/* charon spoke about an IKE SA, which may be gone. */
void gateway_ike(struct gateway *gateways, struct ike *ike);
void gateway_charon_lost(struct gateway *gateways);
/* The module is there (again): what is in it, and what is to be put into it. */
void gateway_kernel_came(struct gateway *gateways);
void gateway_kernel_lost(struct gateway *gateways);
void gateway_event(struct gateway *gateways, const struct spec_object *object,
		   const struct attrs *attrs);
void gateway_turn(struct gateway *gateways);
/* Is the reqid one of a subscriber? Has he policies with it for that address? */
bool gateway_has(const struct gateway *gateways, uint32_t reqid);
bool gateway_polices(const struct gateway *gateways, uint32_t reqid, const uint8_t hoa[16]);

/* ---- session: a key exchange becomes a registration --------------------------- */

struct session *session_new(struct service *service, const struct conf_session *conf,
			    struct session *next);
void session_free(struct session *sessions);
void session_charon_lost(struct session *sessions);
void session_kernel_came(struct session *sessions);
void session_kernel_lost(struct session *sessions);
void session_event(struct session *sessions, const struct spec_object *object,
		   const struct attrs *attrs);
void session_turn(struct session *sessions);
bool session_has(const struct session *sessions, uint32_t reqid);
bool session_polices(const struct session *sessions, uint32_t reqid, const uint8_t hoa[16]);
/* Is there nothing left to end? */
bool session_all_left(const struct session *sessions);

/* ---- epdg: an untrusted access becomes one inside a tunnel -------------------- */

struct epdg *epdg_new(struct service *service, const struct conf_epdg *conf, struct epdg *next);
void epdg_free(struct epdg *epdgs);
void epdg_charon_lost(struct epdg *epdgs);
void epdg_turn(struct epdg *epdgs);
/* Is there nothing left to end? */
bool epdg_all_left(const struct epdg *epdgs);
/* Is the address one of the inside of such a tunnel? */
bool epdg_has(const struct epdg *epdgs, const uint8_t coa[16]);

#endif
