"""The shapes in which ``--json`` tells of assessments. They are documented in docs/json.md and stay as they are."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_plan.insight.assessing import Compared
    from tui_plan.insight.assessments import Assessment, Divergence, Quality, Said, Strip


def run_shape(run: "Assessment") -> dict[str, Any]:
    """Return an assessment in a list."""
    return {
        "ref": run.ref,
        "uid": run.uid,
        "title": run.title,
        "template": run.template,
        "stage": run.stage_title or None,
        "who": run.who,
        "consensus": not run.party,
        "started": run.started_on,
        "finished": run.finished_on,
    }


def strip_shape(found: "Strip") -> dict[str, Any]:
    """Return assessments side by side; one that did not ask for a quality is not among its ratings."""
    return {
        "template": found.template or None,
        "earlier": found.earlier,
        "assessments": [run_shape(run) for run in found.runs],
        "qualities": [
            {
                **_quality_shape(quality),
                "ratings": [
                    {"ref": run.ref, "rating": found.ratings[run.uid, quality.key] or None}
                    for run in found.runs
                    if (run.uid, quality.key) in found.ratings
                ],
            }
            for quality in found.qualities
        ],
    }


def compared_shape(pair: "Compared") -> dict[str, Any]:
    """Return one quality in two assessments."""
    said = [_said_shape(one) if one else None for one in (pair.one, pair.other)]
    return {**_quality_shape(pair.quality), "changed": pair.changed, "said": said}


def divergence_shape(line: "Divergence") -> dict[str, Any]:
    """Return how far partners are apart on one quality."""
    views = [{"who": who, "rating": rating or None} for who, rating in line.views]
    return {**_quality_shape(line.quality), "spread": line.spread, "mean": round(line.mean, 4), "views": views}


def actions_shape(said: "Said") -> list[dict[str, Any]]:
    """Return the actions that came of a next step."""
    return [
        {"ref": one.ref, "uid": one.uid, "title": one.title, "status": one.status, "date": one.expected}
        for one in said.actions
    ]


def before_shape(said: "Said | None") -> dict[str, Any] | None:
    """Return what was said last time; None where nothing was."""
    return {"ref": said.run.ref, **_said_shape(said)} if said is not None else None


def _quality_shape(quality: "Quality") -> dict[str, Any]:
    return {"key": quality.key, "section": quality.section or None, "text": quality.text}


def _said_shape(said: "Said") -> dict[str, Any]:
    texts = ("successes", "challenges", "next_steps", "evidence", "candour")
    words = {name: getattr(said, name) for name in texts}
    return {"rating": said.rating or None, **words, "actions": actions_shape(said)}
