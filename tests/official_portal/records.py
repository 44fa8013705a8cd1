"""Short and full records as the official portal is thought to write them. Field names are its own, values invented."""

import random
from typing import Any

from tests.official_portal.clock import DAY, written
from tests.official_portal.names import COMMENT, POOL, Name
from tests.official_portal.petitions import REGIONS, STRANGE_CODES, Petition

INLINE = "@inline@"
"""Stands in a record where the inline file goes, which is written straight to the wire."""

TOPICS = (
    ("қысқы орындықтар", "зимние скамейки"),
    ("аулалардағы жарық", "свет во дворах"),
    ("кітапханалардың түнгі уақыты", "ночные часы библиотек"),
    ("велосипед жолдары", "велодорожки"),
    ("ағаштарды есепке алу", "учёт деревьев"),
    ("мектеп асханалары", "школьные столовые"),
    ("ауыл дәріханалары", "сельские аптеки"),
)


def title(number: int) -> str:
    """Return the first title of a petition."""
    kk, ru = TOPICS[number % len(TOPICS)]
    return f"Үлгі: {kk} туралы (№{number})" if number % 2 else f"Образец: {ru} (№{number})"


def description(number: int) -> str:
    """Return the first text of a petition, of one to nine paragraphs."""
    chance = random.Random(number)
    kk, ru = TOPICS[number % len(TOPICS)]
    told = f"Біз {kk} мәселесін шешуді сұраймыз" if number % 2 else f"Просим решить вопрос: {ru}"
    between = chance.choice(("\n\n", "\n", "\r\n", "<p>", "<br/>"))
    return between.join(
        f"{told}, {chance.randint(1, 999)}-{chance.randint(1, 999)}." for _ in range(chance.randint(1, 9))
    )


def organization(number: int, is_national: bool) -> dict[str, Any]:
    """Return an invented body with its place."""
    kind = {"id": 1 if is_national else 4, "nameRu": "Учебный орган", "nameKk": "Оқу органы"}
    return {
        "id": 900_000 + number % 40,
        "nameRu": f"Учебное ведомство №{number % 40}",
        "nameKk": f"№{number % 40} оқу ведомствосы",
        "parentId": None if is_national else 900_000,
        "path": f"/900000/{900_000 + number % 40}",
        "hasUnit": False,
        "orgType": {**kind, "isUnit": False, "acceptAppeal": True},
        "location": None if is_national and number % 2 else location(number, is_national),
    }


def location(number: int, is_national: bool) -> dict[str, Any]:
    """Return a place: the country, a region, a place within one, or one with a code that nobody knows."""
    region = REGIONS[number % len(REGIONS)]
    code: Any = "000000000" if is_national else f"{region}0000000" if number % 4 else f"{region}3210000"
    if number % 50 == 49:
        code = STRANGE_CODES[number // 50 % len(STRANGE_CODES)]
    return {
        "id": 5_000 + number % 20,
        "parentId": None if is_national else 1,
        "nameRu": f"Учебное место №{number % 20}",
        "nameKk": f"№{number % 20} оқу орны",
        "type": "COUNTRY" if is_national else "REGION",
        "path": f"/1/{5_000 + number % 20}",
        "externalId": str(70_000 + number % 20),
        "externalParentId": "70000",
        "katoCode": code,
    }


def first_value(petition: Petition, field: str) -> Any:
    """Return what a field of the full record says before anything changes."""
    number = petition.number
    if field in petition.particulars:
        return petition.particulars[field]
    if field == "organization":
        return organization(number, petition.is_national)
    if field == "applicant":
        return {"firstName": petition.applicant.first, "lastName": petition.applicant.last}
    return {
        "title": title,
        "description": description,
        "requiredCount": lambda _: petition.required,
        "state": lambda _: "PUBLISHED",
        "decision": lambda _: None,
    }[field](number)


CHANGING = ("title", "description", "organization", "requiredCount", "state", "decision", "applicant")


def values_at(petition: Petition, at: float) -> dict[str, Any]:
    """Return the fields that may change, as they stand at an instant."""
    values = {field: first_value(petition, field) for field in CHANGING}
    values.update((change.field, change.after) for change in petition.changes if change.at <= at)
    return values


def title_at(petition: Petition, at: float) -> Any:
    """Return the title at an instant."""
    shown = first_value(petition, "title")
    for change in petition.changes:
        if change.field == "title" and change.at <= at:
            shown = change.after
    return shown


def short(petition: Petition, at: float, lag: float = 0) -> dict[str, Any] | None:
    """Return the row of the list, as odd as it is at the instant; its count may lag behind."""
    row = {
        "id": petition.uuid,
        "title": title_at(petition, at),
        "signersCount": petition.votes_at(at - lag),
        "applyDate": written(petition.opened - 2 * DAY),
    }
    odd = petition.odd_at(at)
    if odd and odd.kind == "without_id":
        del row["id"]
    elif odd and odd.kind == "without_title":
        row["title"] = None
    elif odd and odd.kind == "not_a_record":
        return None
    elif odd:
        row["signersCount"] = odd.value
    return row


def full(petition: Petition, at: float) -> dict[str, Any]:
    """Return the full record; a cover's inline file is only marked (``INLINE``)."""
    number = petition.number
    record = {
        "id": petition.uuid,
        "regNumber": f"ҮЛГІ-{number:06d}",
        "source": ("WEB", "MOBILE", "EGOV")[number % 3],
        "applyDate": written(petition.opened - 2 * DAY, ".123456" if number % 2 else ""),
        "deadline": written(petition.growth.ends),
        "signersCount": petition.votes_at(at),
        "viewersCount": petition.views_at(at),
        "lang": "kk" if number % 2 else "ru",
        "cover": None,
        "files": [
            {
                "fileId": f"a-{number}-{each}",
                "fileName": f"{each}.pdf",
                "fileHash": "ab12",
                "mimeType": "application/pdf",
            }
            for each in range(number % 4)
        ],
        "location": {"positionLatitude": None, "positionLongitude": None, "positionAddress": None},
        **values_at(petition, at),
        **petition.extra,
    }
    if petition.cover:
        cover = {"fileId": f"c-{number}", "fileName": "cover.png", "fileHash": "cd34", "mimeType": "image/png"}
        record["cover"] = {**cover, "fileData": INLINE}
    return {name: value for name, value in record.items() if name not in petition.missing}


def page_of(rows: list[Any], size: int, number: int, total: int) -> dict[str, Any]:
    """Return a page as Spring writes it."""
    pages = -(-total // size)
    return {
        "content": rows,
        "last": number >= pages - 1,
        "totalElements": total,
        "totalPages": pages,
        "number": number,
        "size": size,
    }


def signers(petition: Petition, at: float, number: int, size: int) -> dict[str, Any] | None:
    """Return a page of signers, newest first; None where a broken row makes the page fail."""
    ordinals = petition.ordinals(at, number * size, size)
    if petition.broken and not petition.broken.isdisjoint(ordinals):
        return None
    fraction = ("", ".5", ".123", ".987654")[petition.number % 4]
    rows = []
    for ordinal, second in zip(ordinals, petition.signed(ordinals), strict=True):
        shown = written(second + petition.ahead.get(ordinal, 0), fraction)
        name = Name("signer", (petition.number * 7919 + ordinal) % POOL)
        rows.append({"fio": name.full, "createdDate": petition.untimed.get(ordinal, shown)})
    return page_of(rows, size, number, petition.votes_at(at))


def comments(petition: Petition, at: float, number: int, size: int) -> dict[str, Any]:
    """Return a page of comments: one for every fifty signatures, the first answered once."""
    total = min(petition.votes_at(at) // 50, 200)
    rows = []
    for each in range(total - number * size, max(0, total - number * size - size), -1):
        row: dict[str, Any] = {
            "id": petition.number * 1000 + each,
            "parentId": petition.number * 1000 + 1 if each == 2 else None,
        }
        name = Name("commenter", (petition.number + each) % POOL)
        row |= {"fio": name.full, "comment": f"{COMMENT} {each}", "repliesCount": int(each == 1 and total > 1)}
        rows.append({**row, "createdDate": written(petition.growth.signed_at(each * 50))})
    return page_of(rows, size, number, total)
