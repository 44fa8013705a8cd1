/** A page of letters without a drafting tool: leaving it at once, and clearing it. */

import { onReturn, watchExits } from "./leave.js";

onReturn(() => location.reload());
watchExits();
