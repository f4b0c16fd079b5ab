// The shapes of the API's answers, written as they are read: {id: int, due?: Due}. The OpenAPI document and the tests
// take them from here.
//
// text, int, number, yes (true or false), day, moment, any; [X] is a list, {a: X, b?: Y} an object (b may be missing),
// {*: X} an object with keys of any name, X? also null, 'a'|'b' one of these texts; another word is a named shape.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace zs::server {

/// A shape as JSON Schema; named ones are references into #/components/schemas.
nlohmann::ordered_json schema_of(std::string_view shape);
/// All named shapes, as schemas.
nlohmann::ordered_json named_schemas();

}  // namespace zs::server
