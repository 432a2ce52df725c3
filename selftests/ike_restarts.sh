#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# charon and the module are killed and come again, at either end, alone and together,
# and all that there is in any order. There is one session afterwards, the same one
# where the module had it all the time, and nothing beside it. Who does not come again
# is forgotten.

# shellcheck source=selftests/ike/deaths.sh
. "$(dirname "$0")/ike/deaths.sh"

# events: of the gateway's journal, since it was hushed.
events()
{
	jq -r .event "$IKE/gw/controller.out" | xargs
}

all_die()
{
	services_die ue gw
	charon_kill ue
	charon_kill gw
	module_dies
}

plan 28
check "the UE has a session" both_up

# charon
pinging
hush ue
hush gw
charons_die ue >/dev/null
check "the UE's charon dies and comes again: its service says so" \
	eval 'tells ue "charon is gone" && tells ue "charon is there" && tells ue "authenticated"'
check "one session [IP-22]" one_session "$COA_A"
check "no packet is lost meanwhile" no_ping_is_lost
pinging
charons_die gw >/dev/null
check "the gateway's: the UE notices, and says so" \
	tells ue "the IKE SA is gone; attaching anew"
check "one session" one_session "$COA_A"
check "no packet is lost" no_ping_is_lost
pinging
charons_die gw ue >/dev/null
check "both at once: one session" one_session "$COA_A"
check "no packet is lost" no_ping_is_lost
check "it was the same session all the time, for the gateway's journal" is "$(events)" ""
check "and the UE has the same addresses" \
	shows hoa4 "$HOA4" ue registration show dev mn0 hoa "$HOA"

# the module
module_dies
check "the module goes: both services say so" \
	eval 'tells ue "module was unloaded" && tells gw "module was unloaded"'
module_comes
check "it comes again: one session" one_session "$COA_A"
check "the UE is reached at the same addresses" \
	eval 'reaches cn $HOA && reaches cn $HOA4 && reaches ue $CN -I $HOA'

# everything
all_die
services_come ue gw
charon_up ue gw >/dev/null
module_comes
check "all die; service, charon and module come in this order: one session" \
	one_session "$COA_A"
all_die
module_comes
charon_up gw ue >/dev/null
services_come gw ue
check "in the other order: one session" one_session "$COA_A"
check "the UE is reached" eval 'reaches cn $HOA && reaches cn $HOA4'

# Who is sent away, and who stays away.
hush gw
check "AAA ends the session: the UE is told" \
	eval 'mark ue && radius_disconnect ue1@example && wrote ue "received DELETE for IKE_SA"'
check "and as it still wants one, it attaches anew" one_session "$COA_A"
controller_down ue
hush gw
swan gw --terminate --ike s2c >/dev/null
check "the gateway ends it, and nobody attaches anew: he is detached after a while" \
	tells gw "^ue1@example: detached: its IKE SA has gone"
check "nothing of him is left [IP-22]" nothing_stale gw
check "the journal has the end of the session" \
	journals gw '"session-stop"' '"id": ?"ue1@example"'
services_come ue
check "the UE's service is back: one session" one_session "$COA_A"

controller_down gw
hush gw
gateway_up moves migrate $'\nhold 15'
tells gw 'charon is there'
services_die ue
charon_kill ue
hush gw
charons_die gw >/dev/null
check "the gateway's charon dies, and the UE with all it has: it is not forgotten at once" \
	eval 'tells gw "charon is there" &&
		shows id ue1@example gw mobile show dev ha0 hoa 2001:db8:100:1::/64'
check "but after a while" tells gw "^ue1@example: detached: its IKE SA has gone"
check "nothing is left [IP-22]" nothing_stale gw
charon_up ue >/dev/null
services_come ue
check "the UE is there again: one session" one_session "$COA_A"
check "and it leaves nothing when it leaves" eval 'mobile_leaves ue && nothing_stale ue gw'
finish
