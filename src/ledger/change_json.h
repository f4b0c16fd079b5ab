// A change as JSON, in; its answer, out. What `zhunsheng commit` and the API speak.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ledger/ledger.h"

namespace zs::ledger {

/// Reads
/// {"kind","record","way","actor","key","version","acts":[{"do","day","values","rows","edits","numbers","decider",
/// "signed_paper","pass":{"reason","signer"}}],"reason","signer","source","state","asks","quick"}. Values are typed by
/// the kind. Errors: bad_input, naming the field, what was found and the mend; unknown keys are errors.
Result<rules::Change> change_from_json(const Town& town, const nlohmann::json& json);

/// {"outcome":"accepted", …} or {"outcome":"refused","reasons":[…]}.
nlohmann::json answer_to_json(const Answer& answer, bool english);

}  // namespace zs::ledger
