//! Finds forms in our own pages and fills them in. No parser of HTML at large.

/// A form with what a browser would send of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    pub action: String,
    pub method: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// With this field set, once.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Without this field.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(own, _)| own != name);
        self
    }

    /// With the field of this name in the `place`-th row set, counted from 0.
    pub fn with_nth(mut self, name: &str, place: usize, value: &str) -> Self {
        let mut own = self.fields.iter_mut().filter(|(own, _)| own == name);
        own.nth(place).expect("a row at this place").1 = value.into();
        self
    }

    /// By the button that sends this step.
    pub fn step(self, step: &str) -> Self {
        self.with("step", step)
    }

    /// The first value under a name.
    pub fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }
}

/// One tag: its name and its attributes as text.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Where the text after it begins.
    end: usize,
}

/// The forms of a page, in order.
pub fn forms(page: &str) -> Vec<Form> {
    let mut found: Vec<Form> = Vec::new();
    let mut open = false;
    for tag in tags(page) {
        match (tag.name, found.last_mut()) {
            ("form", _) => {
                open = true;
                found.push(Form {
                    action: tag.attribute("action").unwrap_or_default(),
                    method: tag.attribute("method").unwrap_or_else(|| "get".into()),
                    fields: Vec::new(),
                });
            }
            ("/form", _) => open = false,
            (_, Some(form)) if open => form.fields.extend(tag.field(page)),
            _ => {}
        }
    }
    found
}

fn tags(page: &str) -> Vec<Tag<'_>> {
    let starts = page.match_indices('<').map(|(at, _)| at + 1);
    starts
        .filter_map(|start| {
            let end = start + page.get(start..)?.find('>')?;
            let inside = page.get(start..end)?;
            let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
            Some(Tag {
                name,
                attributes,
                end: end + 1,
            })
        })
        .collect()
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, rest) = format!(" {}", self.attributes)
            .split_once(&format!(" {name}=\""))
            .map(|(before, rest)| (before.to_owned(), rest.to_owned()))?;
        Some(unescaped(rest.split('"').next()?))
    }

    fn has(&self, word: &str) -> bool {
        self.attributes.split(' ').any(|own| own == word)
    }

    /// What a browser sends of a control that nobody touched.
    fn field(&self, page: &str) -> Option<(String, String)> {
        let name = self.attribute("name")?;
        let kind = self.attribute("type").unwrap_or_default();
        let value = match self.name {
            "textarea" => unescaped(page.get(self.end..)?.split('<').next()?),
            "input" if kind == "radio" || kind == "checkbox" => {
                let chosen = self.has("checked") && !self.has("disabled");
                chosen.then(|| self.attribute("value").unwrap_or_default())?
            }
            "input" if kind == "file" => return None,
            "input" => self.attribute("value").unwrap_or_default(),
            "select" => chosen(page.get(self.end..)?.split("</select>").next()?)?,
            _ => return None,
        };
        Some((name, value))
    }
}

/// The value of the chosen option, or of the first.
fn chosen(options: &str) -> Option<String> {
    let all: Vec<Tag<'_>> = tags(options)
        .into_iter()
        .filter(|tag| tag.name == "option")
        .collect();
    let chosen = all.iter().find(|tag| tag.has("selected"));
    chosen.or(all.first())?.attribute("value")
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
