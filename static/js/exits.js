/** A page of letters without a drafting tool: leaving it at once, and clearing it. */

import { watchExits } from "./leave.js";

watchExits();
