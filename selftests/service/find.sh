#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2034,SC2317 # checks call what stands here by name
#
# Home agents by DNS: find_test (make -C selftests/service find_test) asks a real
# dnsmasq, by way of the C library, in a namespace where nobody else is.
#
#   selftests/service/find.sh

[ -n "${FIND_ALONE:-}" ] || FIND_ALONE=yes exec unshare -nm --propagation private "$0" "$@"

# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/../lib.sh"

PROGRAM=${PROGRAM:-$TOP/build/selftests-service/find_test}
SERVER=127.0.0.1
SILENT=127.0.0.2	# somebody who never answers
NOBODY=127.0.0.3
WAIT=20			# seconds that find.c waits
asking='' child=''	# who asks, and its child
LATE='DNS takes longer than a home agent is waited for; can its servers be reached?'

# ---- the laboratory ----------------------------------------------------------------

zone()
{
	local n

	cat <<-END
	local=/org/
	local=/trap.test/
	server=/slow.test/$SILENT
	host-record=ha1.example.org,2001:db8:1::1,192.0.2.1
	host-record=ha2.example.org,2001:db8:2::1
	host-record=ha4.example.org,192.0.2.4
	host-record=local.example.org,::1,127.0.0.1,fe80::1
	txt-record=text.example.org,nothing else
	host-record=ha9.trap.test,2001:db8:9::1
	host-record=gone.example.org.trap.test,2001:db8:bad::1

	srv-host=_mip6._ipv6.order.org,ha1.example.org,0,20,0
	srv-host=_mip6._ipv6.order.org,ha4.example.org,0,300,0
	srv-host=_mip6._ipv6.order.org,ha2.example.org,0,3,0
	srv-host=_mip6._ipv6.equal.org,ha2.example.org,0,1,50
	srv-host=_mip6._ipv6.equal.org,ha4.example.org,0,1,50
	srv-host=_mip6._ipv6.heavy.org,ha2.example.org,0,1,1
	srv-host=_mip6._ipv6.heavy.org,ha4.example.org,0,1,65535
	srv-host=_mip6._ipv6.twice.org,ha2.example.org,0,1,0
	srv-host=_mip6._ipv6.twice.org,also.example.org,0,2,0
	host-record=also.example.org,2001:db8:2::1
	srv-host=_mip6._ipv6.none.org
	srv-host=_mip6._ipv6.gone.org,gone.example.org,0,1,0
	srv-host=_mip6._ipv6.half.org,gone.example.org,0,1,0
	srv-host=_mip6._ipv6.half.org,text.example.org,0,2,0
	srv-host=_mip6._ipv6.half.org,ha2.example.org,0,3,0
	srv-host=_mip6._ipv6.late.org,ha1.example.org,0,1,0
	srv-host=_mip6._ipv6.late.org,ha.slow.test,0,2,0
	END
	for n in {10..49}; do
		echo "host-record=a-home-agent-$n.example.org,2001:db8:$n::1"
		echo "srv-host=_mip6._ipv6.many.org,a-home-agent-$n.example.org,0,$n,0"
	done
}

# serve ADDRESS: its process is in $server
serve()
{
	dnsmasq --keep-in-foreground --conf-file="$STATE/zone" --pid-file= --user=root \
		--no-hosts --no-resolv --bind-interfaces --listen-address="$1" &
	server=$!
	wait_until "ss -Hlnu 'src $1 and sport 53' | grep -q ." 10
}

# resolv LINE...: the new /etc/resolv.conf
resolv()
{
	printf '%s\n' "$@" >"$STATE/resolv.conf"
}

lab_up()
{
	ip link set lo up
	resolv "nameserver $SERVER"
	echo 'hosts: files dns' >"$STATE/nsswitch.conf"
	mount --bind "$STATE/resolv.conf" /etc/resolv.conf
	mount --bind "$STATE/nsswitch.conf" /etc/nsswitch.conf
	zone >"$STATE/zone"
	serve "$SILENT" && kill -STOP "$server" && silent=$server
	serve "$SERVER"
}

lab_down()
{
	kill -KILL "$silent" "$server"
	wait 2>/dev/null
	return 0
}

lab_destroy()
{
	:
}

# ---- words of these checks -----------------------------------------------------------

# finds EXPECTED VERB WHAT: the answer, its lines with commas between
finds()
{
	is "$("$PROGRAM" "$2" "$3" | paste -sd,)" "$1"
}

# Both of two that are equal come first now and then.
takes_turns()
{
	local n

	for n in {1..40}; do
		"$PROGRAM" ask-service equal.org | head -n 1
	done | sort -u >"$STATE/firsts"
	is "$(paste -sd, "$STATE/firsts")" \
		'2001:db8:2::1 ha2.example.org,::ffff:192.0.2.4 ha4.example.org'
}

many()
{
	"$PROGRAM" ask-service many.org >"$STATE/many"
	is "$(paste -sd, <(head -n 2 "$STATE/many")) $(wc -l <"$STATE/many")" \
		'2001:db8:10::1 a-home-agent-10.example.org,2001:db8:11::1 a-home-agent-11.example.org 16'
}

# in_time LOW HIGH COMMAND...: milliseconds that it may take
in_time()
{
	local low=$1 high=$2 begin

	shift 2
	begin=$(now_ms)
	"$@" || return 1
	between $(($(now_ms) - begin)) "$low" "$high"
}

# While nobody answers.
ask_nobody()
{
	resolv "nameserver $SILENT"
	"$PROGRAM" ask ha1.example.org 9<"$STATE/zone" &
	asking=$!
	wait_until 'child=$(pgrep -P $asking) && ss -Hnup | grep -q "pid=$child,"' 10
}

# Beside the standard ones: the pipe to its parent, and sockets to ask by.
has_only_its_own()
{
	local fd

	[ -e /proc/"$asking"/fd/9 ] || return 1
	for fd in /proc/"$child"/fd/*; do
		case ${fd##*/}:$(readlink "$fd") in
		[012]:* | *:pipe:* | *:socket:*) ;;
		*) ls -l /proc/"$child"/fd; return 1 ;;
		esac
	done
	is "$(find /proc/"$child"/fd -lname 'pipe:*' -newermt 1970-01-01 | wc -l)" \
		"$(($(readlink /proc/"$child"/fd/[012] | grep -c pipe:) + 1))"
}

dies_with_parent()
{
	kill -KILL "$asking"
	wait_until "[ ! -e /proc/$child ]" 5
}

# ---- names ----------------------------------------------------------------------------

plan 24
check "a laboratory is there, with a server and one that is silent" lab_up
check "a name has its IPv6 addresses, then its IPv4 ones [3G-10]" finds \
	'2001:db8:1::1 ha1.example.org,::ffff:192.0.2.1 ha1.example.org' ask ha1.example.org
check "a name may have IPv4 addresses alone" finds \
	'::ffff:192.0.2.4 ha4.example.org' ask ha4.example.org
check "a name that is not there is told so" finds \
	'DNS has no name nobody.example.org' ask nobody.example.org
check "and one that has no address" finds \
	'DNS has no address for text.example.org' ask text.example.org
check "and one whose addresses are no home agent's" finds \
	'local.example.org has no address that a home agent could have' ask local.example.org

# ---- services ---------------------------------------------------------------------------

check "SRV records are in the order of their priorities [BS-01]" finds \
	'2001:db8:2::1 ha2.example.org,2001:db8:1::1 ha1.example.org,::ffff:192.0.2.1 ha1.example.org,::ffff:192.0.2.4 ha4.example.org' \
	ask-service order.org
check "those of one priority and weight take turns [BS-01]" takes_turns
check "the one of nearly all the weight nearly always comes first [BS-01]" finds \
	'::ffff:192.0.2.4 ha4.example.org,2001:db8:2::1 ha2.example.org' ask-service heavy.org
check "an address that two hosts have is found once" finds \
	'2001:db8:2::1 ha2.example.org' ask-service twice.org
check "hosts without an address are passed over" finds \
	'2001:db8:2::1 ha2.example.org' ask-service half.org
check "an answer too long for a datagram is had, and its best 16 hosts" many
check "a domain that has no home agents is told so" finds \
	'none.org has no home agents: its SRV record says so' ask-service none.org
check "and one without such a record" finds \
	'DNS has no SRV record _mip6._ipv6.nobody.org; is it the right domain?' \
	ask-service nobody.org
check "and one that is a name with something else" finds \
	'DNS has no SRV record _mip6._ipv6.text.example.org; is it the right domain?' \
	ask-service text.example.org

# ---- what is searched ---------------------------------------------------------------------

resolv "nameserver $SERVER" 'search trap.test'
check "a short name is searched for as the host does it" finds '2001:db8:9::1 ha9' ask ha9
check "a host of an SRV record is not searched for in other domains" finds \
	'DNS has no name gone.example.org' ask-service gone.org

# ---- nobody answers -------------------------------------------------------------------------

resolv "nameserver $NOBODY"
check "where no server is, it is told soon" in_time 0 5000 finds \
	'no DNS server answers for _mip6._ipv6.order.org; see /etc/resolv.conf' \
	ask-service order.org
resolv "nameserver $SILENT" 'options timeout:1 attempts:1'
check "where one is silent, as soon as the resolver is told to give up" in_time 900 8000 finds \
	'no DNS server answers for ha1.example.org; see /etc/resolv.conf' ask ha1.example.org
resolv "nameserver $SILENT" 'options timeout:30'
check "a resolver that waits longer than we do is not waited for" \
	in_time $((WAIT * 1000 - 500)) $((WAIT * 1000 + 8000)) finds "$LATE" ask ha1.example.org
resolv "nameserver $SERVER" 'options timeout:30'
check "what was found until then is found" \
	in_time $((WAIT * 1000 - 500)) $((WAIT * 1000 + 8000)) finds \
	'2001:db8:1::1 ha1.example.org,::ffff:192.0.2.1 ha1.example.org' ask-service late.org

# ---- the child ----------------------------------------------------------------------------------

check "a question is under way" ask_nobody
check "its child keeps nothing open of its parent's" has_only_its_own
check "and dies with its parent" dies_with_parent
finish
