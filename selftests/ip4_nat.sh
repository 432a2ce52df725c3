#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# NATs have short memories, and change their minds. MINUTES=10 makes the quiet times
# as long as that.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

PATIENCE=6
QUIET=${MINUTES:+$((MINUTES * 60))}
QUIET=${QUIET:-20}

# quiet_for SECONDS: nobody says anything but what the module does by itself.
quiet_for()
{
	stays 'shows coa $SEEN_N gw binding show dev ha0 hoa $HOA >/dev/null' "$1"
}

port()
{
	binding port
}

updates()
{
	counter gw ha0 bu-received
}

# reached_within SECONDS
reached_within()
{
	wait_until 'reaches cn $HOA >/dev/null' "$1"
}

plan 24
lab_up esp
access_up acc-n
nat_patience acc-n $PATIENCE
ctl gw -b - <<-END
device set dev ha0 addr4 "$HA4" keepalive 2
END
attach ha4 "$HA4" coa "$COA_N"
bound_to "$SEEN_N" 2>/dev/null
check "behind a NAT the home agent says how often it wants to hear the UE [DS-10]" \
	shows keepalive 2 ue registration show dev mn0
check "the binding has the address and port of the NAT [DS-04]" \
	eval 'is "$(binding coa)" $SEEN_N && between "$(port)" 20000 29999'
before_port=$(port) before_updates=$(updates)
quiet_for "$QUIET"
check "in quiet times the UE says a Binding Update now and then [DS-12]" \
	between $(($(updates) - before_updates)) $((QUIET / 4)) $((QUIET / 2 + 2))
check "all of them accepted" is "$(counter gw ha0 bu-sequence)" 0
check "so the NAT has not forgotten it: the correspondent reaches it [DS-12]" reaches cn "$HOA"
check "at the same port" is "$(port)" "$before_port"
before_updates=$(updates)
in_ns ue ping -n -q -i 0.5 -c 14 -I "$HOA" "$CN" >/dev/null
check "while the UE sends data, nothing else is needed [DS-12]" \
	between $(($(updates) - before_updates)) 0 1

# Without keepalives.
ctl gw device set dev ha0 keepalive 4294967295
ctl ue registration set dev mn0 hoa "$HOA" lifetime 500
check "the home agent may say that none are wanted [DS-10]" wait_until '
	! ctl ue registration show dev mn0 | grep -q keepalive' 10
before_updates=$(updates)
quiet_for $((PATIENCE + 4))
check "then there are none" is "$(updates)" "$before_updates"
check "and the NAT forgets: the correspondent cannot reach the UE" not reaches cn "$HOA"
remember gw ha0
in_ns ue ping -n -q -i 0.5 -c 24 -I "$HOA" "$CN" >"$STATE/ping" 2>&1 &
check "when the UE speaks, from another port, it is not believed [DS-35] [DS-36]" \
	wait_until 'rose gw ha0 rx-outer-source' 10
check "as nothing comes back, it registers anew: it is reached again" reached_within 15
wait $!

# The mapping changes while the UE is in it.
ctl gw device set dev ha0 keepalive 3
ctl ue registration set dev mn0 hoa "$HOA" lifetime 600
check "with keepalives again" wait_until 'shows keepalive 3 ue registration show dev mn0 >/dev/null' 10
before_port=$(port)
listen gw
nat_maps acc-n 192.0.2.67:21000-21099
nat_forgets acc-n
check "the NAT has another address and port from now on: the next keepalive tells [DS-04]" \
	wait_until 'shows coa 192.0.2.67 gw binding show dev ha0 hoa $HOA >/dev/null' 15
check "the port is of the new ones" between "$(port)" 21000 21099
check "that is a move, for who listens" told '^.moved. binding .* coa 192.0.2.67 '
check "the correspondent reaches the UE there" reaches cn "$HOA"
check "and its IPv4 home address" reaches cn "$HOA4"
listen_no_more

# A NAT that is impatient with the UE's neighbour gives its port away. What comes from
# there is no word of the UE.
nat_maps acc-n :20000-29999

# Two NATs, of which the inner forgets, and then the outer.
access_up acc-nn
ctl ue registration set dev mn0 hoa "$HOA" coa "$COA_NN"
check "behind two NATs" wait_until 'shows coa $SEEN_NN gw binding show dev ha0 hoa $HOA >/dev/null' 15
nat_forgets acc-nn
check "the inner forgets: the keepalive mends it" eval 'quiet=$(updates); wait_until "[ \$(updates) -gt $((quiet + 1)) ]" 15 && reaches cn $HOA'
before_port=$(port)
nat_forgets acc-nn cgn
nat_maps cgn :45000-45099
nat_forgets cgn
check "the outer forgets: the keepalive mends it, with another port" \
	wait_until 'between "$(port)" 45000 45099' 15
check "the UE is reached" eval 'reaches cn $HOA || { changes gw ha0; echo "$risen"; binding port; in_ns cgn conntrack -L 2>/dev/null | grep 4191; in_ns acc-nn conntrack -L 2>/dev/null | grep 4191; false; }'
check "what was wrong on the way was counted as that, and nothing else" \
	eval 'changes gw ha0; [[ ! $risen =~ (bu-[^r]|mh-[^r]|arrival) ]] || { echo "$risen"; false; }'
check "it leaves" eval 'ctl ue registration del dev mn0 hoa $HOA &&
	wait_until "[ -z \"\$(ctl gw binding show dev ha0)\" ]" 15'
finish
