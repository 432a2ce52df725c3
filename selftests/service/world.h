/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A world for the service: charon, the module, XFRM, the host and the clock, all
 * in memory, behind the very functions that the service calls. What they do is what
 * the real ones were seen to do; what a test does to them is what peers, operators
 * and accidents do to the real ones.
 */

#ifndef _SELFTESTS_WORLD_H
#define _SELFTESTS_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct tree;
struct words;

#define WORLD_NAME 64
#define WORLD_CHILDREN 16
#define WORLD_ENTRIES 64

/* ---- what there is ------------------------------------------------------------------ */

/* A peer_cfg: IKE SAs keep the one they were made with when it is replaced. */
struct world_cfg {
	struct world_cfg *next;
	char conn[WORLD_NAME];
	struct tree *tree; /* without children */
	bool current;      /* not replaced by another of that name */
	struct world_offer {
		char name[WORLD_NAME];
		uint32_t reqid;
		bool transport;
		uint8_t local[16]; /* all zero for anything */
		uint8_t remote[16];
	} offers[WORLD_CHILDREN];
	int count;
};

struct world_child {
	struct world_child *next;
	uint32_t unique;
	uint32_t reqid;
	char name[WORLD_NAME];
	bool transport;
	const char *state; /* as charon says it */
	uint32_t spi_in;
	uint32_t spi_out;
	uint8_t local[16];
	uint8_t remote[16];
	uint64_t end; /* of an old one, 0 for one that lives */
};

struct world_ike {
	struct world_ike *next;
	struct world_cfg *cfg;
	uint32_t unique;
	char id[254];
	bool initiator; /* we asked for the virtual addresses */
	bool connecting;
	bool busy;    /* the next listing that does not wait passes it over */
	bool guilty;  /* has, or had, an SA that is not for its own home address */
	bool silent;  /* its peer does not answer: it takes long to go */
	uint64_t end; /* its DELETE is under way until then, 0 for one that lives */
	uint8_t local[16];
	uint8_t remote[16];
	uint8_t vip[16];
	uint8_t vip4[16]; /* v4-mapped */
	struct world_child *children;
};

struct world_mobile {
	struct world_mobile *next;
	uint32_t ifindex;
	uint8_t hoa[16]; /* masked */
	int plen;
	char id[254];
	uint32_t reqid;
	uint32_t spi;
	uint32_t spi_before;
	uint8_t hoa4[16];
	bool bound;
	uint8_t bound_hoa[16];
	uint8_t coa[16];
	uint64_t counted;
};

struct world_registration {
	struct world_registration *next;
	uint32_t ifindex;
	uint8_t hoa[16];
	uint8_t ha[16];
	uint8_t coa[16];
	uint8_t hoa4[16];
	uint32_t reqid;
	uint32_t spi;
	uint64_t state;
	uint64_t status;
	bool wants_keys_moved;
	bool keys_move;
	bool stopping;
	uint64_t due; /* when the home agent answers */
};

/* One of each pair is enough: the other is its mirror. */
struct world_policy {
	struct world_policy *next;
	uint8_t src[16]; /* of the way in */
	uint8_t dst[16];
	uint32_t reqid;
};

struct world_state {
	struct world_state *next;
	uint8_t src[16];
	uint8_t dst[16];
	uint32_t spi; /* 0 for one that waits for a key exchange */
	uint32_t reqid;
	uint64_t end;      /* 0 for never */
	bool tunnel;       /* of user data */
	uint8_t inner[16]; /* address of the mobile in the tunnel */
};

struct world_link {
	struct world_link *next;
	char name[16];
	uint32_t ifindex;
	bool up;
	bool home_agent;
	bool device; /* of the module */
	bool ours;   /* made by the service */
	uint8_t addr[16];
};

/* An address, a route or a rule of the host; what is meant is in kind. */
struct world_host_entry {
	struct world_host_entry *next;
	enum {
		WORLD_ADDRESS,
		WORLD_ROUTE,
		WORLD_RULE,
		WORLD_WAY
	} kind;
	uint32_t ifindex; /* or the table of a rule, from an address or to one */
	uint32_t priority;
	uint8_t addr[16]; /* or the source of a route or of a rule */
	uint8_t dst[16];
	int plen;
};

struct world_access {
	struct world_access *next;
	uint32_t ifindex;
	uint32_t link;
	uint64_t preference;
};

/* What the service wrote into the account. */
struct world_entry {
	char event[16];
	char id[64];
	char cause[96];
	uint8_t hoa[16];
	uint8_t coa[16];
	uint64_t octets;
};

/* An inbound SA that ever was: who made it, and for which home address. */
struct world_made {
	uint32_t spi;
	char id[WORLD_NAME];
	uint8_t vip[16];
	uint8_t hoa[16];
};

/* How the home agent of our sessions treats them. */
struct world_far {
	bool silent;     /* it does not answer IKE */
	bool refusing;   /* it refuses IKE */
	bool childless;  /* it refuses children */
	bool empty;      /* its pool is empty */
	bool mute;       /* it does not answer Binding Updates */
	bool keeps_keys; /* it does not grant the K bit */
	int duplicates;  /* so many Binding Updates get a 134 */
	int strangers;   /* so many get a 129 */
	uint8_t vip[16]; /* what it gives next */
	uint8_t vip4[16];
	char hoa4[16]; /* what it gives in acknowledgments, or nothing */
};

struct world {
	uint64_t now;
	unsigned long turns; /* without time passing */

	bool charon;
	uint32_t unique; /* the last one given */
	uint32_t child_unique;
	uint32_t spi;
	struct world_cfg *cfgs;
	struct world_ike *ikes;
	struct world_far far;
	int lose;          /* so many of the next events are not delivered */
	int refuse_load;   /* so many */
	bool oldest_first; /* listings */
	unsigned int loads;
	unsigned int replaced; /* connections, with their SAs left behind */
	unsigned int listings;
	unsigned int terminated;
	uint32_t last_terminated;
	bool accused;          /* the next that is ended is ended as a thief */
	unsigned int attempts; /* under way */
	unsigned int attempts_most;
	unsigned int initiated;
	char complaint[256]; /* the first thing that the real ones would not take */

	bool module;
	struct world_mobile *mobiles;
	struct world_registration *registrations;
	struct world_access *accesses;
	int refuse_mobiles; /* so many "mobile add" and "set" */
	bool device_lost;   /* "device add" is refused */
	unsigned int lines;
	unsigned int inherited; /* bindings that came to another subscriber */
	unsigned int renewed;   /* registrations told to the home agent again */

	struct world_policy *policies;
	struct world_state *states;
	struct world_link *links;
	struct world_host_entry *entries;
	unsigned int finds;
	char dns[2][48]; /* what every name has */
	unsigned int migrates;
	uint8_t migrated_to[16];
	uint32_t ifindex;

	struct world_made made[WORLD_ENTRIES]; /* a ring */
	unsigned int made_count;
	struct world_entry journal[WORLD_ENTRIES]; /* a ring */
	unsigned int journal_count;
};

extern struct world world;

/* What the service says, as far as it is still remembered. */
FILE *world_log(void);
bool world_said(const char *part);
void world_forget_said(void);
extern bool world_is_loud; /* say it on the standard error too */

void world_begin(void);
void world_end(void);

/* The addresses of tests: text to 16 octets, IPv4 v4-mapped. */
const uint8_t *world_address(const char *text);
bool world_same(const uint8_t a[16], const uint8_t b[16], int plen);
bool world_is_none(const uint8_t addr[16]);
bool world_is_ipv4(const uint8_t addr[16]);

/* Waiting goes no further than to this moment. */
void world_limit(uint64_t until);
/* It has come, nothing is there to be read, and the service wants to wait. */
bool world_is_quiet(void);
/* Time passes while there is no service. */
void world_pass_alone(uint64_t ms);

/* ---- charon --------------------------------------------------------------------------- */

void world_charon_start(void);
/* Killed: SAs of XFRM stay, and nothing is said. */
void world_charon_kill(void);
void world_charon_hang_up(void);

/* A peer that was authenticated; NULL while charon or the connection is not there. */
struct world_ike *world_ike_up(const char *conn, const char *id, const char *vip, const char *vip4);
struct world_ike *world_ike_vip(const char *conn, const char *id, const uint8_t vip[16]);
/* Deleted by either side: "down" of it, then of its children. */
void world_ike_down(struct world_ike *ike);
/* The same SA under another number, which is in the events from then on. */
struct world_ike *world_ike_rekey(struct world_ike *ike);
struct world_ike *world_ike_find(uint32_t unique);
bool world_ike_lives(const struct world_ike *ike);
struct world_ike *world_ike_of(const char *conn);

/* The peer wants a child for that home address; NULL for TS_UNACCEPTABLE. */
struct world_child *world_child_up(struct world_ike *ike, const uint8_t hoa[16]);
void world_child_down(struct world_ike *ike, struct world_child *child);
struct world_child *world_child_rekey(struct world_ike *ike, struct world_child *child);
/* The one that lives, the newest. */
struct world_child *world_child_of(const struct world_ike *ike);

/* Is there an offer for this home address, for an IKE SA that comes up now? */
const struct world_offer *world_offer(const char *conn, const uint8_t hoa[16]);

/* swanctl loads the file anew, where our children are not; or unloads it. */
void world_swanctl_load(const char *conn);
void world_swanctl_unload(const char *conn);

/* Events that are under way: how many, and two of them that overtake. */
int world_events(void);
void world_events_swap(int at);
/* All of them are lost, though the connection is not. */
void world_events_lose(void);

/* ---- the module -------------------------------------------------------------------------- */

void world_module_load(void);
void world_module_unload(void);
/* Events were lost: the service is told so when it reads. */
void world_module_overflow(void);

/*
 * A Binding Update comes under that SA. Is it accepted? With duplicate it is
 * refused with 134, where it would be accepted.
 */
bool world_binding_update(uint32_t spi, const uint8_t hoa[16], const uint8_t coa[16],
			  bool duplicate);
/* Would one be? Nothing happens. */
bool world_may_bind(uint32_t spi, const uint8_t hoa[16]);
void world_binding_expire(struct world_mobile *mobile);
struct world_mobile *world_mobile(const uint8_t hoa[16]);
struct world_registration *world_registration(const uint8_t hoa[16]);
/* All registrations move to another care-of address, by themselves. */
void world_move(const uint8_t coa[16]);

/* ---- XFRM and the host ---------------------------------------------------------------------- */

uint32_t world_ifindex(const char *name);
struct world_link *world_link_add(const char *name);
void world_link_del(uint32_t ifindex);
struct world_link *world_link(uint32_t ifindex);
void world_address_add(const char *link, const char *addr);
void world_address_del(const char *link, const char *addr);

struct world_state *world_state_add(const uint8_t src[16], const uint8_t dst[16], uint32_t spi,
				    uint32_t reqid);
void world_state_del(uint32_t spi);
struct world_state *world_state(uint32_t spi);
/* The reqid between the two, 0 for none. */
uint32_t world_policy(const uint8_t hoa[16], const uint8_t ha[16], bool home_agent);

bool world_has(int kind, const uint8_t addr[16]);

/* ---- between the files of the world ---------------------------------------------------------- */

__attribute__((format(printf, 1, 2))) void world_complain(const char *format, ...);
void world_charon_begin(void);
void world_charon_end(void);
void world_module_end(void);
void world_host_end(void);
/* What time does by itself, and the next moment at which it does something. */
void world_charon_time(void);
uint64_t world_charon_next(void);
void world_module_time(void);
uint64_t world_module_next(void);
void world_states_time(void);
uint64_t world_states_next(void);
/* Is there something to read from a descriptor? */
bool world_charon_is_readable(int fd);
bool world_module_is_readable(int fd);
bool world_host_is_readable(int fd);
/* Who made the SA of that SPI. */
const struct world_made *world_maker(uint32_t spi);

#define WORLD_NEVER UINT64_MAX
enum {
	WORLD_CHARON_FD = 100,
	WORLD_MODULE_FD,
	WORLD_HOST_FD,
	WORLD_ATTEMPT_FD = 200,
	WORLD_FIND_FD = 1000,
};

#endif
