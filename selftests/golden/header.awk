# SPDX-License-Identifier: GPL-2.0
#
# Golden vectors to a C header. See check.py for the form of a vector.

FNR == 1 {
	finish()
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.hex$/, "", name)
	bad = FILENAME ~ /\/bad\/[^\/]*$/
	kind = "mh"
	refuse = "DSMIP_OK"
	at = "GOLDEN_ANYWHERE"
	octets = ""
}

$1 == "#:" && $2 == "kind" { kind = $3 }
$1 == "#:" && $2 == "at" { at = $3 }
$1 == "#:" && $2 == "refuse" {
	refuse = "DSMIP_DROP_" toupper($3)
	gsub(/-/, "_", refuse)
}

{
	sub(/#.*/, "")
	for (i = 1; i <= NF; i++)
		octets = octets (octets == "" ? "" : ", ") "0x" $i
}

function finish(    id) {
	if (name == "")
		return
	id = "golden_" name
	gsub(/-/, "_", id)
	if (bad)
		sub(/^golden_/, "golden_bad_", id)
	arrays = arrays "static const u8 " id "[] = { " octets " };\n"
	row = "\t{ \"" name "\", GOLDEN_" toupper(kind) ", { " id ", sizeof(" id ") }, " \
		refuse ", " at " },\n"
	if (bad)
		refused = refused row
	else if (kind == "mh")
		accepted = accepted row
}

END {
	finish()
	print "/* SPDX-License-Identifier: GPL-2.0 */"
	print "/* The golden vectors; generated. */"
	print arrays
	print "enum golden_kind { GOLDEN_MH, GOLDEN_DSTOPTS, GOLDEN_ROUTING };"
	print "enum { GOLDEN_ANYWHERE = 0xffff };\n"
	print "struct golden {"
	print "\tconst char *name;\n\tenum golden_kind kind;\n\tstruct dsmip_span in;"
	print "\tenum dsmip_drop refuse;\n\tu16 at;\n};\n"
	print "static const struct golden golden_good[] = {\n" accepted "};\n"
	print "static const struct golden golden_bad[] = {\n" refused "};"
}
