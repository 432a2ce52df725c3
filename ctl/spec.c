// SPDX-License-Identifier: GPL-2.0
/* Look-ups in the tables. */

#include "spec.h"

#include <string.h>

const struct spec_object *spec_object(const char *word)
{
	for (size_t i = 0; i < spec_object_count; i++)
		if (!strcmp(spec_objects[i].word, word))
			return &spec_objects[i];
	return NULL;
}

const struct spec_object *spec_notifier(uint8_t cmd)
{
	for (size_t i = 0; i < spec_object_count; i++)
		if (spec_objects[i].notification == cmd)
			return &spec_objects[i];
	return NULL;
}

const struct spec_verb *spec_verb(const struct spec_object *object, const char *word)
{
	for (size_t i = 0; i < object->verb_count; i++)
		if (!strcmp(object->verbs[i].word, word))
			return &object->verbs[i];
	return NULL;
}

const struct spec_attr *spec_attr(const struct spec_object *object, const char *word)
{
	for (size_t i = 0; i < object->attr_count; i++) {
		const struct spec_attr *attr = &object->attrs[i];

		if (!strcmp(attr->word, word) || (attr->alias && !strcmp(attr->alias, word)))
			return attr;
	}
	return NULL;
}

const struct spec_attr *spec_attr_by_id(const struct spec_object *object, unsigned int id)
{
	for (size_t i = 0; i < object->attr_count; i++)
		if (object->attrs[i].id == id)
			return &object->attrs[i];
	return NULL;
}
